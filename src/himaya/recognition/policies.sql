-- Matches: each desk sees its own side of one, and never whose the other is. The side that is asked
-- learns of a match when it is asked. himaya_tokens alone knows both sides.
GRANT SELECT, INSERT ON recognition_match TO himaya_staff;
GRANT UPDATE (state, asked_at, answered_at, merge_id) ON recognition_match TO himaya_staff;
GRANT SELECT ON recognition_side TO himaya_staff;
GRANT SELECT ON recognition_match TO himaya_worker;
GRANT SELECT ON recognition_match TO himaya_tokens;
GRANT SELECT, INSERT ON recognition_side TO himaya_tokens;
GRANT SELECT (id, person_id, state) ON cases_case TO himaya_tokens;
GRANT SELECT (id, merged_into_id) ON cases_person TO himaya_tokens;
ALTER TABLE recognition_match ENABLE ROW LEVEL SECURITY;
ALTER TABLE recognition_match FORCE ROW LEVEL SECURITY;
ALTER TABLE recognition_side ENABLE ROW LEVEL SECURITY;
ALTER TABLE recognition_side FORCE ROW LEVEL SECURITY;
CREATE POLICY tokens ON recognition_match FOR SELECT TO himaya_tokens USING (true);
CREATE POLICY tokens ON recognition_side FOR ALL TO himaya_tokens USING (true) WITH CHECK (true);
CREATE POLICY tokens ON cases_person FOR SELECT TO himaya_tokens USING (true);
CREATE POLICY digest ON recognition_match FOR SELECT TO himaya_worker USING (true);

-- May the actor's desks know of this match: on the side that asks always, on the other once asked.
CREATE OR REPLACE FUNCTION recognition_shows(asked uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM recognition_side s JOIN cases_case c ON c.id = s.case_id
    WHERE s.match_id = asked
      AND (c.desk_id = ANY (himaya_desks()) OR c.identification_desk_id = ANY (himaya_desks()))
      AND (s.asks OR EXISTS (
        SELECT 1 FROM recognition_match m WHERE m.id = asked AND m.asked_at IS NOT NULL)))
$$;
ALTER FUNCTION recognition_shows(uuid) OWNER TO himaya_tokens;
GRANT EXECUTE ON FUNCTION recognition_shows(uuid) TO himaya_staff;
CREATE POLICY shown ON recognition_match FOR SELECT TO himaya_staff USING (recognition_shows(id));
CREATE POLICY found ON recognition_match FOR INSERT TO himaya_staff
  WITH CHECK (state = 'found' AND himaya_may('case.work') AND recognition_shows(id));
CREATE POLICY answer ON recognition_match FOR UPDATE TO himaya_staff
  USING (recognition_shows(id)) WITH CHECK (himaya_may('case.work'));
CREATE POLICY own ON recognition_side FOR SELECT TO himaya_staff
  USING (cases_is_ours(case_id) AND recognition_shows(match_id));

-- The desk that leads the other case: whom to ask. To a desk that knows of the match.
CREATE OR REPLACE FUNCTION recognition_other_desk(asked uuid, of_case uuid) RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.desk_id FROM recognition_side s JOIN cases_case held ON held.id = s.case_id
  JOIN cases_case c ON c.id = coalesce(held.merged_into_id, held.id)
  WHERE s.match_id = asked AND s.case_id <> of_case AND recognition_shows(asked)
$$;
ALTER FUNCTION recognition_other_desk(uuid, uuid) OWNER TO himaya_tokens;
GRANT EXECUTE ON FUNCTION recognition_other_desk(uuid, uuid) TO himaya_staff;
-- Both ends, once a desk has said that they are one person: for joining them, and for parting them.
CREATE OR REPLACE FUNCTION recognition_ends(asked uuid)
  RETURNS TABLE (case_id uuid, person_id uuid, desk_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id, c.person_id, c.desk_id FROM recognition_side s JOIN cases_case c ON c.id = s.case_id
  WHERE s.match_id = asked AND recognition_shows(asked)
    AND EXISTS (SELECT 1 FROM recognition_match m WHERE m.id = asked AND m.state = 'same')
$$;
ALTER FUNCTION recognition_ends(uuid) OWNER TO himaya_tokens;
GRANT EXECUTE ON FUNCTION recognition_ends(uuid) TO himaya_staff;
-- A person is a number and when it was made. Of somebody who was found to be the person of a case of
-- theirs, a desk sees these, so that both can be joined; nothing of the other's case follows.
CREATE OR REPLACE FUNCTION recognition_is_the_same(person uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM cases_case theirs JOIN recognition_side a ON a.case_id = theirs.id
    JOIN recognition_match m ON m.id = a.match_id AND m.state = 'same'
    JOIN recognition_side b ON b.match_id = a.match_id AND b.asks <> a.asks
    JOIN cases_case ours ON ours.id = b.case_id
    WHERE theirs.person_id = person
      AND (ours.desk_id = ANY (himaya_desks()) OR ours.identification_desk_id = ANY (himaya_desks())))
$$;
ALTER FUNCTION recognition_is_the_same(uuid) OWNER TO himaya_tokens;
GRANT EXECUTE ON FUNCTION recognition_is_the_same(uuid) TO himaya_staff;
CREATE POLICY the_same ON cases_person FOR SELECT TO himaya_staff USING (recognition_is_the_same(id));
CREATE POLICY the_same_joined ON cases_person FOR UPDATE TO himaya_staff
  USING (recognition_is_the_same(id));

-- Is the person who is being written down in this case known in another? The best match of another
-- person, and never the same pair twice; counted with the searches by name against an hour's limit.
-- No agency that one of the cases is kept from learns of the other, neither by the desk that leads
-- a case nor by the one that identifies the person: both see what is found for it.
CREATE OR REPLACE FUNCTION recognition_look(
    made uuid, of_case uuid, domains text[], asked bytea[], worths integer[])
  RETURNS TABLE (too_often boolean, agrees text[])
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  most_an_hour constant integer := 60;
  own record;
  best record;
BEGIN
  SELECT c.id, c.person_id, c.kept_from, ARRAY(
      SELECT g.code::text FROM agencies_desk d JOIN agencies_agency g ON g.id = d.agency_id
      WHERE d.id IN (c.desk_id, c.identification_desk_id)) AS agencies INTO own
    FROM cases_case c WHERE c.id = of_case AND c.desk_id = ANY (himaya_desks());
  IF own.id IS NULL OR himaya_actor() IS NULL OR NOT coalesce(himaya_may('case.work'), false) THEN
    RAISE EXCEPTION 'nobody who leads this case asks' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(himaya_actor()::text, 7));
  DELETE FROM vault_tokenuse u WHERE u.officer_id = himaya_actor() AND u.at < now() - interval '1 hour';
  IF (SELECT count(*) FROM vault_tokenuse u WHERE u.officer_id = himaya_actor()) >= most_an_hour THEN
    RETURN QUERY SELECT true, NULL::text[];
    RETURN;
  END IF;
  INSERT INTO vault_tokenuse (id, officer_id, at) VALUES (gen_random_uuid(), himaya_actor(), now());
  SELECT c.id, a.agrees INTO best
    FROM vault_alike(domains, asked, worths, ARRAY(
      SELECT mine.id FROM vault_compartment mine WHERE mine.subject_id = own.id)) a
    JOIN vault_compartment k ON k.id = a.compartment_id AND k.shredded_at IS NULL
    JOIN cases_case held ON held.id = k.subject_id
    JOIN cases_case c ON c.id = coalesce(held.merged_into_id, held.id)
    JOIN cases_person p ON p.id = c.person_id
    WHERE c.id <> own.id
      AND coalesce(p.merged_into_id, p.id) <> (
        SELECT coalesce(o.merged_into_id, o.id) FROM cases_person o WHERE o.id = own.person_id)
      AND NOT own.agencies && (c.kept_from || held.kept_from)::text[]
      AND NOT EXISTS (
        SELECT 1 FROM agencies_desk d JOIN agencies_agency g ON g.id = d.agency_id
        WHERE d.id IN (c.desk_id, c.identification_desk_id) AND g.code = ANY (own.kept_from))
      AND NOT EXISTS (
        SELECT 1 FROM recognition_side s JOIN recognition_side o ON o.match_id = s.match_id
        WHERE s.case_id = own.id AND o.case_id IN (c.id, held.id))
    ORDER BY a.bits DESC, c.opened_at DESC, c.id LIMIT 1;
  IF best.id IS NULL THEN
    RETURN;
  END IF;
  INSERT INTO recognition_side (id, match_id, case_id, asks)
    VALUES (gen_random_uuid(), made, own.id, true), (gen_random_uuid(), made, best.id, false);
  RETURN QUERY SELECT false, best.agrees;
END $$;
ALTER FUNCTION recognition_look(uuid, uuid, text[], bytea[], integer[]) OWNER TO himaya_tokens;
GRANT EXECUTE ON FUNCTION recognition_look(uuid, uuid, text[], bytea[], integer[]) TO himaya_staff;
GRANT EXECUTE ON FUNCTION vault_alike(text[], bytea[], integer[], uuid[]) TO himaya_tokens;
GRANT SELECT (id, agency_id) ON agencies_desk TO himaya_tokens;
