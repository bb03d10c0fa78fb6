-- Occasions: the desk that keeps one, and nobody else. Names of who was met lie in the vault.
GRANT SELECT, INSERT ON occasions_occasion, occasions_met TO himaya_staff;
GRANT UPDATE (persons, closed_at) ON occasions_occasion TO himaya_staff;
GRANT UPDATE (case_id, pseudonym, reason, settled_at) ON occasions_met TO himaya_staff;
GRANT SELECT ON occasions_occasion, occasions_met TO himaya_worker;
ALTER TABLE occasions_occasion ENABLE ROW LEVEL SECURITY;
ALTER TABLE occasions_occasion FORCE ROW LEVEL SECURITY;
ALTER TABLE occasions_met ENABLE ROW LEVEL SECURITY;
ALTER TABLE occasions_met FORCE ROW LEVEL SECURITY;
CREATE POLICY keep ON occasions_occasion FOR ALL TO himaya_staff
  USING (desk_id = ANY (himaya_desks()))
  WITH CHECK (desk_id = ANY (himaya_desks()) AND himaya_may('occasion.keep'));
CREATE POLICY keep ON occasions_met FOR ALL TO himaya_staff
  USING (EXISTS (SELECT 1 FROM occasions_occasion o WHERE o.id = occasion_id))
  WITH CHECK (himaya_may('occasion.keep')
              AND EXISTS (SELECT 1 FROM occasions_occasion o WHERE o.id = occasion_id AND o.closed_at IS NULL));
CREATE POLICY digest ON occasions_occasion FOR SELECT TO himaya_worker USING (true);
CREATE POLICY digest ON occasions_met FOR SELECT TO himaya_worker USING (true);

-- An occasion ends when nobody waits, also where the program forgets to ask.
CREATE OR REPLACE FUNCTION occasions_screened(asked uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT asked IS NOT NULL AND EXISTS (
    SELECT 1 FROM occasions_met m JOIN occasions_occasion o ON o.id = m.occasion_id
    WHERE m.case_id = asked AND o.desk_id = ANY (himaya_desks())) AND EXISTS (
    SELECT 1 FROM cases_case c
    JOIN identification_screening s ON s.subject_id IN (c.id, c.merged_into_id) AND s.state = 'taken'
    WHERE c.id = asked)
$$;
GRANT EXECUTE ON FUNCTION occasions_screened(uuid) TO himaya_staff;
CREATE POLICY screened ON occasions_occasion FOR SELECT TO himaya_owner USING (true);
CREATE POLICY screened ON occasions_met FOR SELECT TO himaya_owner USING (true);
CREATE POLICY screened ON identification_screening FOR SELECT TO himaya_owner USING (true);
CREATE OR REPLACE FUNCTION occasions_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'himaya_staff' AND NEW.closed_at IS NOT NULL AND EXISTS (
       SELECT 1 FROM occasions_met m
       WHERE m.occasion_id = NEW.id AND m.reason = '' AND NOT occasions_screened(m.case_id)) THEN
    RAISE EXCEPTION 'somebody on this occasion was not screened' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER occasions_end BEFORE UPDATE OF closed_at ON occasions_occasion
  FOR EACH ROW EXECUTE FUNCTION occasions_end();

-- Whoever keeps an occasion opens the case of somebody who was met there, also for other desks. They
-- see the case's own row through the occasion, as the intake desk does through the report.
CREATE OR REPLACE FUNCTION occasions_met_in(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM occasions_met m WHERE m.case_id = asked)
$$;
GRANT EXECUTE ON FUNCTION occasions_met_in(uuid) TO himaya_staff;
CREATE POLICY open_from_occasion ON cases_case FOR INSERT TO himaya_staff
  WITH CHECK (report_id IS NULL AND channel = 'occasion' AND himaya_may('occasion.keep')
              AND occasions_met_in(id));
CREATE POLICY met_there ON cases_case FOR SELECT TO himaya_staff USING (occasions_met_in(id));
