-- The ledger. Whoever changes or reads something adds a pending act; only the worker numbers acts;
-- nobody changes or removes an entry, whatever their role.
GRANT INSERT ON audit_pending TO himaya_public, himaya_staff, himaya_worker, himaya_figures;
GRANT SELECT, DELETE ON audit_pending TO himaya_worker;
GRANT SELECT, INSERT ON audit_entry, audit_checkpoint TO himaya_worker;
GRANT SELECT, INSERT, UPDATE ON audit_treehead TO himaya_worker;
GRANT SELECT ON audit_entry, audit_checkpoint TO himaya_staff;

ALTER TABLE audit_pending ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_pending FORCE ROW LEVEL SECURITY;
CREATE POLICY write_down ON audit_pending FOR INSERT
  TO himaya_public, himaya_staff, himaya_worker, himaya_figures, himaya_owner WITH CHECK (true);
CREATE POLICY sequence ON audit_pending FOR ALL TO himaya_worker USING (true);

-- An officer sees the entries of their own desks and of the records they can open a page for
-- (by subject, asked through the case); the data protection officer sees all of them.
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY number ON audit_entry FOR ALL TO himaya_worker USING (true) WITH CHECK (true);
CREATE POLICY own_desk ON audit_entry FOR SELECT TO himaya_staff
  USING (desk_id = ANY (string_to_array(nullif(current_setting('himaya.desks', true), ''), ',')::uuid[]));
CREATE POLICY oversight ON audit_entry FOR SELECT TO himaya_staff
  USING ('ledger.read' = ANY (string_to_array(current_setting('himaya.permissions', true), ',')));

CREATE OR REPLACE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only';
END $$;
CREATE OR REPLACE TRIGGER audit_entry_keep BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_keep();
CREATE OR REPLACE TRIGGER audit_entry_keep_all BEFORE TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION audit_keep();
