-- The hotline. A desk that takes calls sees its calls as codes. What was noted of a call is for the
-- one operator who has the caller on the line, in their rows and under their key.
ALTER TABLE hotline_call ENABLE ROW LEVEL SECURITY;
ALTER TABLE hotline_call FORCE ROW LEVEL SECURITY;
ALTER TABLE hotline_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE hotline_draft FORCE ROW LEVEL SECURITY;
ALTER TABLE hotline_handover ENABLE ROW LEVEL SECURITY;
ALTER TABLE hotline_handover FORCE ROW LEVEL SECURITY;
ALTER TABLE hotline_caller ENABLE ROW LEVEL SECURITY;
ALTER TABLE hotline_caller FORCE ROW LEVEL SECURITY;

-- Does the actor have this caller on the line? Asked by policies that would else ask each other.
CREATE OR REPLACE FUNCTION hotline_on_line(asked uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM hotline_call c WHERE c.id = asked AND c.operator_id = himaya_actor()
                 AND c.ended_at IS NULL)
$$;
GRANT EXECUTE ON FUNCTION hotline_on_line(uuid) TO himaya_staff;
CREATE POLICY on_line ON hotline_call FOR SELECT TO himaya_owner USING (true);

-- Calls that wait to be taken over: for the desk that was asked, and for whoever gave them away.
GRANT SELECT, INSERT, UPDATE (taken_by_id, taken_at, withdrawn_at) ON hotline_handover TO himaya_staff;
CREATE POLICY concerned ON hotline_handover FOR SELECT TO himaya_staff
  USING (given_by_id = himaya_actor() OR (himaya_may('call.take') AND desk_id = ANY (himaya_desks())));
CREATE POLICY take ON hotline_handover FOR UPDATE TO himaya_staff
  USING (himaya_may('call.take') AND desk_id = ANY (himaya_desks()) AND given_by_id <> himaya_actor()
         AND taken_at IS NULL AND withdrawn_at IS NULL)
  WITH CHECK (taken_by_id = himaya_actor() AND given_by_id <> himaya_actor() AND withdrawn_at IS NULL);
CREATE POLICY take_back ON hotline_handover FOR UPDATE TO himaya_staff
  USING (given_by_id = himaya_actor() AND taken_at IS NULL AND withdrawn_at IS NULL)
  WITH CHECK (given_by_id = himaya_actor() AND taken_at IS NULL AND withdrawn_at IS NOT NULL);

-- Calls. Only whoever has the caller on the line goes on with one; a call that ended stays as it is.
GRANT SELECT, INSERT ON hotline_call TO himaya_staff;
GRANT UPDATE (desk_id, operator_id, language, earlier, last_on, waits, ended_at, outcome)
  ON hotline_call TO himaya_staff;
CREATE POLICY of_desk ON hotline_call FOR SELECT TO himaya_staff
  USING (operator_id = himaya_actor() OR desk_id = ANY (himaya_desks())
         OR EXISTS (SELECT 1 FROM hotline_handover h WHERE h.call_id = hotline_call.id));
CREATE POLICY begin ON hotline_call FOR INSERT TO himaya_staff
  WITH CHECK (himaya_may('call.take') AND operator_id = himaya_actor()
              AND desk_id = ANY (himaya_desks()) AND ended_at IS NULL);
CREATE POLICY go_on ON hotline_call FOR UPDATE TO himaya_staff
  USING (operator_id = himaya_actor() AND ended_at IS NULL) WITH CHECK (operator_id = himaya_actor());
CREATE POLICY take ON hotline_call FOR UPDATE TO himaya_staff
  USING (himaya_may('call.take') AND ended_at IS NULL
         AND EXISTS (SELECT 1 FROM hotline_handover h WHERE h.call_id = hotline_call.id
                     AND h.desk_id = ANY (himaya_desks()) AND h.withdrawn_at IS NULL
                     AND (h.taken_at IS NULL OR h.taken_by_id = himaya_actor())))
  WITH CHECK (operator_id = himaya_actor() AND desk_id = ANY (himaya_desks()));
CREATE POLICY offer ON hotline_handover FOR INSERT TO himaya_staff
  WITH CHECK (given_by_id = himaya_actor() AND taken_at IS NULL AND withdrawn_at IS NULL
              AND EXISTS (SELECT 1 FROM agencies_desk d WHERE d.id = desk_id AND d.kind = 'HOTLINE')
              AND hotline_on_line(call_id));

-- What was noted, and for minutes the number to read out: the operator's own, while they have it.
GRANT SELECT, INSERT, DELETE, UPDATE (holds, sealed, saved_at, until) ON hotline_draft TO himaya_staff;
CREATE POLICY own ON hotline_draft FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM hotline_call c WHERE c.id = call_id AND c.operator_id = himaya_actor()));
CREATE POLICY keep ON hotline_draft FOR INSERT TO himaya_staff
  WITH CHECK (hotline_on_line(call_id) OR (holds = 'number' AND EXISTS (
    SELECT 1 FROM hotline_call c WHERE c.id = call_id AND c.operator_id = himaya_actor())));
CREATE POLICY go_on ON hotline_draft FOR UPDATE TO himaya_staff
  USING (EXISTS (SELECT 1 FROM hotline_call c WHERE c.id = call_id AND c.operator_id = himaya_actor()))
  WITH CHECK (holds = 'number' OR hotline_on_line(call_id));
CREATE POLICY destroy ON hotline_draft FOR DELETE TO himaya_staff
  USING (EXISTS (SELECT 1 FROM hotline_call c WHERE c.id = call_id AND c.operator_id = himaya_actor()));

-- An operator puts in what they heard, for whatever desk it belongs to, and reads nothing back.
GRANT INSERT ON reporting_report, reporting_receipt, reporting_likeness TO himaya_staff;
CREATE POLICY by_phone ON reporting_report FOR INSERT TO himaya_staff
  WITH CHECK (channel = 'phone' AND himaya_may('call.take') AND state = 'received'
              AND overtaken_by_id IS NULL AND alike_id IS NULL AND version = 1);
CREATE POLICY by_phone ON reporting_receipt FOR INSERT TO himaya_staff WITH CHECK (himaya_may('call.take'));
CREATE POLICY by_phone ON reporting_likeness FOR INSERT TO himaya_staff
  WITH CHECK (himaya_may('call.take') AND compared_at IS NULL);

-- The worker ends what nobody ended, and checks digests of rows. It sees no draft's words.
GRANT SELECT ON hotline_call, hotline_handover TO himaya_worker;
GRANT UPDATE (ended_at, outcome) ON hotline_call TO himaya_worker;
GRANT UPDATE (withdrawn_at) ON hotline_handover TO himaya_worker;
GRANT SELECT (id, call_id, until), DELETE ON hotline_draft TO himaya_worker;
CREATE POLICY digest ON hotline_call FOR SELECT TO himaya_worker USING (true);
CREATE POLICY digest ON hotline_handover FOR SELECT TO himaya_worker USING (true);
CREATE POLICY lapse ON hotline_call FOR UPDATE TO himaya_worker
  USING (ended_at IS NULL) WITH CHECK (outcome = 'lapsed');
CREATE POLICY lapse ON hotline_handover FOR UPDATE TO himaya_worker
  USING (taken_at IS NULL AND withdrawn_at IS NULL) WITH CHECK (withdrawn_at IS NOT NULL);
CREATE POLICY find ON hotline_draft FOR SELECT TO himaya_worker USING (true);
CREATE POLICY over ON hotline_draft FOR DELETE TO himaya_worker USING (until <= now());

-- Who called before. No role of a process reads or writes this table; functions that belong to
-- himaya_tokens do, for the operator of a call that goes on.
GRANT SELECT, INSERT, UPDATE, DELETE ON hotline_caller TO himaya_tokens;
CREATE POLICY tokens ON hotline_caller FOR ALL TO himaya_tokens USING (true) WITH CHECK (true);
GRANT SELECT (id, operator_id, began_at, ended_at) ON hotline_call TO himaya_tokens;
CREATE POLICY tokens ON hotline_call FOR SELECT TO himaya_tokens USING (true);
GRANT SELECT (id, state) ON reporting_report TO himaya_tokens;
CREATE POLICY tokens ON reporting_report FOR SELECT TO himaya_tokens USING (true);
GRANT EXECUTE ON FUNCTION hotline_on_line(uuid) TO himaya_tokens;

-- How often this number called since a moment, when last, and whether a report that came of one of
-- those calls still waits. Counted: nobody tries out a list of numbers.
CREATE OR REPLACE FUNCTION hotline_called_before(asked_call uuid, asked bytea, since timestamptz)
  RETURNS TABLE (too_often boolean, earlier bigint, last_at timestamptz, waits boolean)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  most_an_hour constant integer := 30;
  most_a_call constant integer := 3;
BEGIN
  IF NOT coalesce(himaya_may('call.take'), false) OR NOT hotline_on_line(asked_call) THEN
    RAISE EXCEPTION 'nobody who has this caller on the line asks' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(himaya_actor()::text, 7));
  DELETE FROM vault_tokenuse u WHERE u.officer_id = himaya_actor() AND u.at < now() - interval '1 hour';
  IF (SELECT count(*) FROM vault_tokenuse u WHERE u.officer_id = himaya_actor()) >= most_an_hour
     OR EXISTS (SELECT 1 FROM hotline_caller k WHERE k.call_id = asked_call AND k.tries >= most_a_call) THEN
    RETURN QUERY SELECT true, NULL::bigint, NULL::timestamptz, NULL::boolean;
    RETURN;
  END IF;
  INSERT INTO vault_tokenuse (id, officer_id, at) VALUES (gen_random_uuid(), himaya_actor(), now());
  INSERT INTO hotline_caller AS k (id, call_id, token, tries, at)
    VALUES (gen_random_uuid(), asked_call, asked, 1, now())
    ON CONFLICT (call_id) DO UPDATE SET token = EXCLUDED.token, tries = k.tries + 1;
  RETURN QUERY
    SELECT false, count(*), max(c.began_at), coalesce(bool_or(r.state IN ('received', 'triaged')), false)
    FROM hotline_caller k JOIN hotline_call c ON c.id = k.call_id
    LEFT JOIN reporting_report r ON r.id = k.report_id
    WHERE k.token = asked AND k.call_id <> asked_call AND k.at >= since;
END $$;
-- A report came of the call that the actor is about to end.
CREATE OR REPLACE FUNCTION hotline_filed(asked_call uuid, filed uuid) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE hotline_caller SET report_id = filed WHERE call_id = asked_call AND hotline_on_line(asked_call)
$$;
CREATE OR REPLACE FUNCTION hotline_forget_callers(before timestamptz) RETURNS bigint
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (DELETE FROM hotline_caller WHERE at < before RETURNING 1) SELECT count(*) FROM gone
$$;
ALTER FUNCTION hotline_called_before(uuid, bytea, timestamptz) OWNER TO himaya_tokens;
ALTER FUNCTION hotline_filed(uuid, uuid) OWNER TO himaya_tokens;
ALTER FUNCTION hotline_forget_callers(timestamptz) OWNER TO himaya_tokens;
GRANT EXECUTE ON FUNCTION hotline_called_before(uuid, bytea, timestamptz), hotline_filed(uuid, uuid)
  TO himaya_staff;
GRANT EXECUTE ON FUNCTION hotline_forget_callers(timestamptz) TO himaya_worker;
