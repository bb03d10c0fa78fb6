-- Lawsuits: the prosecution's own desk, and nobody else. What crosses is the state of the case's
-- justice track, nothing of the file.
GRANT SELECT, INSERT, UPDATE ON justice_lawsuit TO himaya_staff;
GRANT SELECT ON justice_lawsuit TO himaya_worker;
ALTER TABLE justice_lawsuit ENABLE ROW LEVEL SECURITY;
ALTER TABLE justice_lawsuit FORCE ROW LEVEL SECURITY;
CREATE POLICY own_desk ON justice_lawsuit FOR ALL TO himaya_staff
  USING (desk_id = ANY (himaya_desks())) WITH CHECK (desk_id = ANY (himaya_desks()));
CREATE POLICY count ON justice_lawsuit FOR SELECT TO himaya_worker USING (true);
