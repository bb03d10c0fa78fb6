-- What is put aside is the business of the officer who did it; the ledger says to others that it was.
GRANT SELECT, INSERT ON tasks_aside TO himaya_staff;
GRANT UPDATE (back_at) ON tasks_aside TO himaya_staff;
GRANT SELECT ON tasks_aside TO himaya_worker;
ALTER TABLE tasks_aside ENABLE ROW LEVEL SECURITY;
ALTER TABLE tasks_aside FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON tasks_aside FOR ALL TO himaya_staff
  USING (officer_id = himaya_actor()) WITH CHECK (officer_id = himaya_actor());
CREATE POLICY digest ON tasks_aside FOR SELECT TO himaya_worker USING (true);

-- Tasks are seen and written by the desk they are for. Nobody is given one who does not sit there.
GRANT SELECT, INSERT, UPDATE ON tasks_task TO himaya_staff;
GRANT SELECT ON tasks_task TO himaya_worker;
ALTER TABLE tasks_task ENABLE ROW LEVEL SECURITY;
ALTER TABLE tasks_task FORCE ROW LEVEL SECURITY;
CREATE POLICY of_desk ON tasks_task FOR SELECT TO himaya_staff USING (desk_id = ANY (himaya_desks()));
-- Whoever takes a case over takes over what waited to be done about it.
CREATE OR REPLACE FUNCTION tasks_is_led(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM cases_case c WHERE c.id = asked AND c.desk_id = ANY (himaya_desks()))
$$;
GRANT EXECUTE ON FUNCTION tasks_is_led(uuid) TO himaya_staff;
CREATE POLICY of_case ON tasks_task FOR SELECT TO himaya_staff
  USING (state = 'open' AND tasks_is_led(case_id));
CREATE POLICY take_over ON tasks_task FOR UPDATE TO himaya_staff
  USING (state = 'open' AND tasks_is_led(case_id)) WITH CHECK (desk_id = ANY (himaya_desks()));
CREATE POLICY give ON tasks_task FOR INSERT TO himaya_staff
  WITH CHECK (desk_id = ANY (himaya_desks()) AND cases_is_ours(case_id));
CREATE POLICY count ON tasks_task FOR SELECT TO himaya_worker USING (true);
CREATE POLICY change ON tasks_task FOR UPDATE TO himaya_staff USING (desk_id = ANY (himaya_desks()));

-- Also where the program forgets to ask: whoever is given a task sits at its desk and works there.
CREATE OR REPLACE FUNCTION tasks_officer_sits_there() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.officer_id IS NOT NULL AND NEW.state = 'open' AND NOT EXISTS (
       SELECT 1 FROM accounts_membership m JOIN accounts_officer o ON o.id = m.officer_id
       WHERE m.officer_id = NEW.officer_id AND m.desk_id = NEW.desk_id AND o.is_active) THEN
    RAISE EXCEPTION 'a task is given to somebody who sits at its desk'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER tasks_officer_sits_there BEFORE INSERT OR UPDATE ON tasks_task
  FOR EACH ROW EXECUTE FUNCTION tasks_officer_sits_there();
