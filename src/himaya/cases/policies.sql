-- Cases: the desk that leads, and the desk that identifies the person. Nobody else knows of one.
GRANT SELECT, INSERT ON cases_person, cases_statusdecision TO himaya_staff;
GRANT SELECT, INSERT, UPDATE ON cases_case, cases_trackstate, cases_closure TO himaya_staff;
GRANT SELECT ON cases_person, cases_case, cases_trackstate, cases_statusdecision, cases_closure
  TO himaya_worker;
ALTER TABLE cases_person ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_person FORCE ROW LEVEL SECURITY;
ALTER TABLE cases_case ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_case FORCE ROW LEVEL SECURITY;
ALTER TABLE cases_trackstate ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_trackstate FORCE ROW LEVEL SECURITY;
ALTER TABLE cases_statusdecision ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_statusdecision FORCE ROW LEVEL SECURITY;
ALTER TABLE cases_closure ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_closure FORCE ROW LEVEL SECURITY;

CREATE POLICY own_desks ON cases_case FOR SELECT TO himaya_staff
  USING (desk_id = ANY (himaya_desks()) OR identification_desk_id = ANY (himaya_desks()));
CREATE POLICY work_on ON cases_case FOR UPDATE TO himaya_staff
  USING (desk_id = ANY (himaya_desks()) OR identification_desk_id = ANY (himaya_desks()));
-- An intake officer opens a case from their own report, for other desks, and must learn that the
-- report has one already. They see the case's own row through the report, and nothing on it.
CREATE POLICY open_from_report ON cases_case FOR INSERT TO himaya_staff
  WITH CHECK (EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = report_id));
CREATE POLICY own_report ON cases_case FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = report_id));

-- Is this a case that one of the actor's desks leads, or identifies the person of? Runs with the
-- actor's own rights.
CREATE OR REPLACE FUNCTION cases_is_ours(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM cases_case c WHERE c.id = asked
      AND (c.desk_id = ANY (himaya_desks()) OR c.identification_desk_id = ANY (himaya_desks())))
$$;
GRANT EXECUTE ON FUNCTION cases_is_ours(uuid) TO himaya_staff;
-- Whoever opens a case puts in what hangs on it; from then on it belongs to the two desks.
CREATE POLICY put_in ON cases_person FOR INSERT TO himaya_staff WITH CHECK (true);
CREATE POLICY put_in ON cases_trackstate FOR INSERT TO himaya_staff
  WITH CHECK (EXISTS (SELECT 1 FROM cases_case c WHERE c.id = case_id));
CREATE POLICY put_in ON identification_screening FOR INSERT TO himaya_staff
  WITH CHECK (EXISTS (SELECT 1 FROM cases_case c WHERE c.id = subject_id));
CREATE POLICY with_case ON cases_person FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM cases_case c
                 WHERE c.person_id = cases_person.id AND cases_is_ours(c.id)));
CREATE POLICY with_case ON cases_trackstate FOR SELECT TO himaya_staff USING (cases_is_ours(case_id));
CREATE POLICY move ON cases_trackstate FOR UPDATE TO himaya_staff USING (cases_is_ours(case_id));
CREATE POLICY with_case ON cases_statusdecision FOR ALL TO himaya_staff
  USING (cases_is_ours(case_id));
CREATE POLICY with_case ON cases_closure FOR ALL TO himaya_staff USING (cases_is_ours(case_id));

CREATE POLICY count ON cases_closure FOR SELECT TO himaya_worker USING (true);
CREATE POLICY count ON cases_person FOR SELECT TO himaya_worker USING (true);
CREATE POLICY count ON cases_case FOR SELECT TO himaya_worker USING (true);
CREATE POLICY count ON cases_trackstate FOR SELECT TO himaya_worker USING (true);
CREATE POLICY count ON cases_statusdecision FOR SELECT TO himaya_worker USING (true);

-- The desk that leads a case sees how its screening went, and ends one that waits with the case.
CREATE POLICY case_desk ON identification_screening FOR SELECT TO himaya_staff
  USING (cases_is_ours(subject_id));
CREATE POLICY case_ends ON identification_screening FOR UPDATE TO himaya_staff
  USING (state = 'asked' AND cases_is_ours(subject_id)) WITH CHECK (state = 'ended');

-- A case ends by two officers also where the program forgets to ask: one asks in their own name,
-- another decides in theirs, and only what was confirmed closes the case, with the outcome asked for.
CREATE OR REPLACE FUNCTION cases_closure_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> 'himaya_staff' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' AND (NEW.asked_by IS DISTINCT FROM himaya_actor() OR NEW.decided_at IS NOT NULL)
     OR TG_OP = 'UPDATE' AND (
       OLD.decided_at IS NOT NULL OR NEW.decided_by IS DISTINCT FROM himaya_actor()
       OR (NEW.id, NEW.case_id, NEW.outcome, NEW.asked_by, NEW.asked_at)
          IS DISTINCT FROM (OLD.id, OLD.case_id, OLD.outcome, OLD.asked_by, OLD.asked_at)) THEN
    RAISE EXCEPTION 'a closure is asked for by one and decided by another'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER cases_closure_steps BEFORE INSERT OR UPDATE ON cases_closure
  FOR EACH ROW EXECUTE FUNCTION cases_closure_steps();
CREATE OR REPLACE FUNCTION cases_end_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'himaya_staff' AND NEW.state <> 'open' AND (
       TG_OP = 'INSERT' OR OLD.state = 'open' AND NOT EXISTS (
         SELECT 1 FROM cases_closure c
         WHERE c.case_id = NEW.id AND c.confirmed AND c.outcome = NEW.outcome)) THEN
    RAISE EXCEPTION 'nobody ends a case alone' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER cases_end_by_two BEFORE INSERT OR UPDATE ON cases_case
  FOR EACH ROW EXECUTE FUNCTION cases_end_by_two();
