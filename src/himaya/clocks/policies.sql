-- Deadlines: read by the desk that answers, and with the track that they belong to (policies of
-- cases). Nobody takes one off the list: there is no right to delete, and what ends one is an act.
GRANT SELECT, INSERT ON clocks_deadline, clocks_pause TO himaya_staff, himaya_worker;
GRANT UPDATE (desk_id, lead_id, due_at, paused_since, met_at, ended_at, calls_at)
  ON clocks_deadline TO himaya_staff;
GRANT UPDATE (started_at, first_due_at, due_at, paused_since, met_at, ended_at, calls_at, level)
  ON clocks_deadline TO himaya_worker;
GRANT UPDATE (until) ON clocks_pause TO himaya_staff, himaya_worker;
GRANT SELECT ON clocks_call TO himaya_staff;
GRANT SELECT, INSERT ON clocks_call TO himaya_worker;
ALTER TABLE clocks_deadline ENABLE ROW LEVEL SECURITY;
ALTER TABLE clocks_deadline FORCE ROW LEVEL SECURITY;
ALTER TABLE clocks_pause ENABLE ROW LEVEL SECURITY;
ALTER TABLE clocks_pause FORCE ROW LEVEL SECURITY;
ALTER TABLE clocks_call ENABLE ROW LEVEL SECURITY;
ALTER TABLE clocks_call FORCE ROW LEVEL SECURITY;
CREATE POLICY count ON clocks_deadline FOR ALL TO himaya_worker USING (true) WITH CHECK (true);
CREATE POLICY count ON clocks_pause FOR ALL TO himaya_worker USING (true) WITH CHECK (true);
CREATE POLICY count ON clocks_call FOR ALL TO himaya_worker USING (true) WITH CHECK (true);
CREATE POLICY with_deadline ON clocks_call FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM clocks_deadline d WHERE d.id = deadline_id));

-- What a deadline says never changes, it never comes nearer, and what has ended stays so. Only one
-- that says it begins later than it was found was written by a clock that was ahead.
CREATE OR REPLACE FUNCTION clocks_deadline_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user IN ('himaya_staff', 'himaya_worker')
     AND (OLD.ended_at IS NOT NULL OR NEW.level < OLD.level
       OR NEW.due_at < OLD.due_at AND NEW.started_at >= OLD.started_at
       OR NEW.started_at > OLD.started_at) THEN
    RAISE EXCEPTION 'a deadline comes no nearer, and one that has ended stays so'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER clocks_deadline_stays BEFORE UPDATE ON clocks_deadline
  FOR EACH ROW EXECUTE FUNCTION clocks_deadline_stays();

-- How the desks keep their deadlines, for whoever reads figures: the number and the desk, never a
-- case. By the database's own clock.
CREATE POLICY figures ON clocks_deadline FOR SELECT TO himaya_owner USING (true);
CREATE OR REPLACE FUNCTION clocks_by_desk()
  RETURNS TABLE (desk uuid, running bigint, overdue bigint, escalated bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.desk_id, count(*),
    count(*) FILTER (WHERE d.due_at < now() AND d.paused_since IS NULL),
    count(*) FILTER (WHERE d.level > 0 AND d.calls_at IS NULL AND d.paused_since IS NULL)
  FROM clocks_deadline d
  WHERE d.ended_at IS NULL AND d.kind = 'duty'
    AND 'figures.read' = ANY (string_to_array(current_setting('himaya.permissions', true), ','))
  GROUP BY d.desk_id
$$;
GRANT EXECUTE ON FUNCTION clocks_by_desk() TO himaya_staff;
