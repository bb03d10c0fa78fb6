-- Outgoing mail and text: sealed to the worker's outbox key, gone when sent.
GRANT SELECT, INSERT, DELETE ON notices_outgoing TO himaya_staff;
GRANT SELECT, INSERT, DELETE ON notices_outgoing TO himaya_worker;
GRANT UPDATE (state, attempts, not_before) ON notices_outgoing TO himaya_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON notices_dutyaddress TO himaya_staff;
GRANT SELECT ON notices_dutyaddress TO himaya_worker;
ALTER TABLE notices_outgoing ENABLE ROW LEVEL SECURITY;
ALTER TABLE notices_outgoing FORCE ROW LEVEL SECURITY;
ALTER TABLE notices_dutyaddress ENABLE ROW LEVEL SECURITY;
ALTER TABLE notices_dutyaddress FORCE ROW LEVEL SECURITY;

-- Officers put messages in, also for another desk to answer for. They see those of their own desks
-- and put away the ones that could not be sent.
CREATE POLICY put_in ON notices_outgoing FOR INSERT TO himaya_staff
  WITH CHECK (state = 'waiting' AND attempts = 0);
CREATE POLICY own_desk ON notices_outgoing FOR SELECT TO himaya_staff
  USING (desk_id = ANY (himaya_desks()));
CREATE POLICY put_away ON notices_outgoing FOR DELETE TO himaya_staff
  USING (desk_id = ANY (himaya_desks()) AND state = 'given_up');
CREATE POLICY send ON notices_outgoing FOR ALL TO himaya_worker USING (true) WITH CHECK (true);

CREATE POLICY own_desk ON notices_dutyaddress FOR ALL TO himaya_staff
  USING (desk_id = ANY (himaya_desks())) WITH CHECK (desk_id = ANY (himaya_desks()));
CREATE POLICY send ON notices_dutyaddress FOR SELECT TO himaya_worker USING (true);
-- Whoever pages another desk learns only that it can be paged, and in which language.
CREATE POLICY page ON notices_dutyaddress FOR SELECT TO himaya_owner USING (true);
CREATE OR REPLACE FUNCTION notices_duty_of(asked uuid) RETURNS TABLE (id uuid, language text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.id, d.language FROM notices_dutyaddress d WHERE d.desk_id = asked
$$;
GRANT EXECUTE ON FUNCTION notices_duty_of(uuid) TO himaya_staff, himaya_worker;
