-- Cases: the desk that leads, and the desk that identifies the person. Nobody else knows of one.
GRANT SELECT, INSERT ON cases_person, cases_statusdecision TO himaya_staff;
GRANT SELECT, INSERT, UPDATE ON cases_case, cases_trackstate, cases_closure TO himaya_staff;
GRANT SELECT ON cases_person, cases_case, cases_trackstate, cases_statusdecision, cases_closure
  TO himaya_worker;
GRANT UPDATE (state, since, step) ON cases_trackstate TO himaya_worker;
GRANT SELECT, INSERT ON cases_move TO himaya_staff, himaya_worker;
-- A decision about the pathway moves open cases to another edition, by a job without any desk.
GRANT INSERT ON cases_trackstate TO himaya_worker;
GRANT UPDATE (pack, solution, version) ON cases_case TO himaya_worker;
ALTER TABLE cases_person ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_person FORCE ROW LEVEL SECURITY;
ALTER TABLE cases_case ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_case FORCE ROW LEVEL SECURITY;
ALTER TABLE cases_trackstate ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_trackstate FORCE ROW LEVEL SECURITY;
ALTER TABLE cases_move ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_move FORCE ROW LEVEL SECURITY;
ALTER TABLE cases_statusdecision ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_statusdecision FORCE ROW LEVEL SECURITY;
ALTER TABLE cases_closure ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_closure FORCE ROW LEVEL SECURITY;

-- The name matters: of several policies PostgreSQL asks the last in the alphabet first, and this one
-- costs nothing, while the others look into further tables for every case of a list.
CREATE POLICY within_desks ON cases_case FOR SELECT TO himaya_staff
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
-- By which edition of the country pack a case goes: id and version, and nothing else of the case.
-- A desk that moves one track of a case it may not see must ask the steps of that edition.
CREATE OR REPLACE FUNCTION cases_edition(asked uuid) RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.pack FROM cases_case c WHERE c.id = asked
$$;
GRANT EXECUTE ON FUNCTION cases_edition(uuid) TO himaya_staff, himaya_worker;
CREATE POLICY edition ON cases_case FOR SELECT TO himaya_owner USING (true);
-- Which desks answer for a case, and what it is called: for the deadlines of whoever moves one track
-- of a case that they may not see.
CREATE OR REPLACE FUNCTION cases_desks_of(asked uuid)
  RETURNS TABLE (pseudonym text, lead uuid, identifies uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.pseudonym, c.desk_id, c.identification_desk_id FROM cases_case c WHERE c.id = asked
$$;
GRANT EXECUTE ON FUNCTION cases_desks_of(uuid) TO himaya_staff, himaya_worker;
-- About how many cases of a state the actor's desks have, by the planner's statistics: counting a
-- hundred thousand takes longer than a page may. Runs as the owner, because the planner does not
-- look into statistics of rows that it must hide.
CREATE OR REPLACE FUNCTION cases_about(asked text) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  plan json;
BEGIN
  EXECUTE format(
    'EXPLAIN (FORMAT JSON) SELECT FROM cases_case WHERE merged_into_id IS NULL AND state = %L'
    ' AND (desk_id = ANY (%L::uuid[]) OR identification_desk_id = ANY (%L::uuid[]))',
    asked, himaya_desks(), himaya_desks()) INTO plan;
  RETURN (plan->0->'Plan'->>'Plan Rows')::bigint;
END $$;
GRANT EXECUTE ON FUNCTION cases_about(text) TO himaya_staff;
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
-- Who took which step is for whoever sees the track; and only its own takers put it in.
CREATE POLICY with_track ON cases_move FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM cases_trackstate t
                 WHERE t.case_id = cases_move.case_id AND t.track = cases_move.track));
CREATE POLICY take ON cases_move FOR INSERT TO himaya_staff
  WITH CHECK (officer IS NOT DISTINCT FROM himaya_actor()
              AND EXISTS (SELECT 1 FROM cases_trackstate t
                          WHERE t.case_id = cases_move.case_id AND t.track = cases_move.track));
CREATE POLICY with_case ON cases_statusdecision FOR ALL TO himaya_staff
  USING (cases_is_ours(case_id));
CREATE POLICY with_case ON cases_closure FOR ALL TO himaya_staff USING (cases_is_ours(case_id));

-- Whoever sees where a track stands sees its deadlines, and moves them as the track moves. The desk
-- that answers for one sees it on its list also before it has acknowledged what it was asked.
-- Its name, like that of the cases' own: asked before what looks into further tables.
CREATE POLICY within_desks ON clocks_deadline FOR SELECT TO himaya_staff
  USING (desk_id = ANY (himaya_desks()) OR lead_id = ANY (himaya_desks()));
CREATE POLICY with_track ON clocks_deadline FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM cases_trackstate t
                 WHERE t.case_id = clocks_deadline.case_id AND t.track = clocks_deadline.track));
CREATE POLICY move ON clocks_deadline FOR UPDATE TO himaya_staff
  USING (EXISTS (SELECT 1 FROM cases_trackstate t
                 WHERE t.case_id = clocks_deadline.case_id AND t.track = clocks_deadline.track));
CREATE POLICY put_in ON clocks_deadline FOR INSERT TO himaya_staff
  WITH CHECK (EXISTS (SELECT 1 FROM cases_case c WHERE c.id = case_id)
              OR EXISTS (SELECT 1 FROM cases_trackstate t
                         WHERE t.case_id = clocks_deadline.case_id
                           AND t.track = clocks_deadline.track));
CREATE POLICY with_track ON clocks_pause FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM cases_trackstate t WHERE t.case_id = clocks_pause.case_id));
CREATE POLICY stop ON clocks_pause FOR INSERT TO himaya_staff
  WITH CHECK (EXISTS (SELECT 1 FROM cases_case c WHERE c.id = case_id));
CREATE POLICY go_on ON clocks_pause FOR UPDATE TO himaya_staff USING (cases_is_ours(case_id));

-- A line leaves the list of deadlines by the act that it waits for and by nothing else, also where
-- the program forgets to ask: only when the track moved on, the case was closed, or a decision gave
-- it another pathway.
CREATE OR REPLACE FUNCTION cases_deadline_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user NOT IN ('himaya_staff', 'himaya_worker') OR NEW.ended_at IS NULL THEN
    RETURN NEW;
  END IF;
  IF NEW.kind = 'chance' AND NEW.met_at IS NULL AND NEW.due_at <= now() THEN
    RETURN NEW;
  END IF;
  -- What was due on a case that has just been merged is due on the other one's track, and comes back.
  IF NEW.met_at IS NULL AND EXISTS (
       SELECT 1 FROM cases_merge m WHERE m.undone_at IS NULL AND m.merged_at = NEW.ended_at
         AND NEW.case_id IN (m.kept_id, m.absorbed_id)) THEN
    RETURN NEW;
  END IF;
  -- A case that a decision moved to another edition of the pack has that one's deadlines.
  IF current_user = 'himaya_worker' AND NEW.met_at IS NULL AND EXISTS (
       SELECT 1 FROM cases_case c WHERE c.id = NEW.case_id AND c.pack <> NEW.pack) THEN
    RETURN NEW;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM cases_case c WHERE c.id = NEW.case_id AND c.state = 'closed')
     AND EXISTS (
       SELECT 1 FROM cases_trackstate t
       WHERE t.case_id = NEW.case_id AND t.track = NEW.track AND t.state = NEW.state
         AND NOT (t.since > NEW.started_at AND t.step = ANY (NEW.steps))) THEN
    RAISE EXCEPTION 'a deadline ends by the act that it waits for'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER cases_deadline_ends BEFORE UPDATE OF ended_at, met_at ON clocks_deadline
  FOR EACH ROW EXECUTE FUNCTION cases_deadline_ends();

CREATE POLICY moved_by_decision ON cases_case FOR UPDATE TO himaya_worker
  USING (state = 'open') WITH CHECK (state = 'open');
CREATE POLICY moved_by_decision ON cases_trackstate FOR INSERT TO himaya_worker WITH CHECK (true);
CREATE POLICY count ON cases_move FOR SELECT TO himaya_worker USING (true);
CREATE POLICY by_itself ON cases_move FOR INSERT TO himaya_worker WITH CHECK (officer IS NULL);
CREATE POLICY count ON cases_closure FOR SELECT TO himaya_worker USING (true);
CREATE POLICY count ON cases_person FOR SELECT TO himaya_worker USING (true);
CREATE POLICY count ON cases_case FOR SELECT TO himaya_worker USING (true);
CREATE POLICY count ON cases_trackstate FOR SELECT TO himaya_worker USING (true);
-- What happens by itself when its time is up.
CREATE POLICY by_itself ON cases_trackstate FOR UPDATE TO himaya_worker USING (true);
CREATE POLICY count ON cases_statusdecision FOR SELECT TO himaya_worker USING (true);

-- The desk that leads a case sees how its screening went, and ends one that waits with the case.
CREATE POLICY case_desk ON identification_screening FOR SELECT TO himaya_staff
  USING (cases_is_ours(subject_id));
CREATE POLICY case_ends ON identification_screening FOR UPDATE TO himaya_staff
  USING (state = 'asked' AND cases_is_ours(subject_id)) WITH CHECK (state = 'ended');
CREATE POLICY case_ends ON identification_sitting FOR UPDATE TO himaya_staff
  USING (ended_at IS NULL
         AND EXISTS (SELECT 1 FROM identification_screening s WHERE s.id = screening_id
                     AND s.state = 'asked' AND cases_is_ours(s.subject_id)))
  WITH CHECK (ended = 'time');

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

-- One person, several cases. Whoever leads an earlier case opens the next one, also for another desk;
-- they see its row as the intake desk sees that of its report, and nothing on it. The desk of the new
-- case sees that there was an earlier one.
GRANT SELECT, INSERT ON cases_furthercase TO himaya_staff;
GRANT SELECT ON cases_furthercase TO himaya_worker;
ALTER TABLE cases_furthercase ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_furthercase FORCE ROW LEVEL SECURITY;
CREATE POLICY came_from ON cases_furthercase FOR SELECT TO himaya_owner USING (true);
CREATE OR REPLACE FUNCTION cases_opened_from_ours(asked uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM cases_furthercase f JOIN cases_case e ON e.id = f.earlier_id
    WHERE f.case_id = asked AND e.desk_id = ANY (himaya_desks()))
$$;
CREATE OR REPLACE FUNCTION cases_leads_a_case_of(person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM cases_case c WHERE c.person_id = person AND c.desk_id = ANY (himaya_desks()))
$$;
GRANT EXECUTE ON FUNCTION cases_opened_from_ours(uuid), cases_leads_a_case_of(uuid) TO himaya_staff;
CREATE POLICY linked ON cases_furthercase FOR SELECT TO himaya_staff
  USING (cases_is_ours(case_id) OR cases_is_ours(earlier_id));
CREATE POLICY put_in ON cases_furthercase FOR INSERT TO himaya_staff WITH CHECK (cases_is_ours(earlier_id));
CREATE POLICY count ON cases_furthercase FOR SELECT TO himaya_worker USING (true);
CREATE POLICY open_again ON cases_case FOR INSERT TO himaya_staff
  WITH CHECK (report_id IS NULL AND cases_leads_a_case_of(person_id) AND himaya_may('case.work'));
CREATE POLICY sent_on ON cases_case FOR SELECT TO himaya_staff USING (cases_opened_from_ours(id));

-- Families: seen by whoever may see both ends, made and ended by whoever may see both.
GRANT SELECT, INSERT, UPDATE (ended_at, ended_because) ON cases_personlink TO himaya_staff;
GRANT SELECT ON cases_personlink TO himaya_worker;
ALTER TABLE cases_personlink ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_personlink FORCE ROW LEVEL SECURITY;
CREATE OR REPLACE FUNCTION cases_knows(person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM cases_person p WHERE p.id = person)
$$;
GRANT EXECUTE ON FUNCTION cases_knows(uuid) TO himaya_staff;
CREATE POLICY both_ends ON cases_personlink FOR ALL TO himaya_staff
  USING (cases_knows(person_id) AND cases_knows(relative_id));
CREATE POLICY digest ON cases_personlink FOR SELECT TO himaya_worker USING (true);

-- Merging gives nobody anything: it joins two cases that one desk leads, and two persons that it knows.
GRANT SELECT, INSERT ON cases_merge TO himaya_staff;
GRANT UPDATE (undone_at, own_status, own_child, own_danger, own_kept_from) ON cases_merge TO himaya_staff;
GRANT UPDATE (merged_into_id) ON cases_person TO himaya_staff;
GRANT SELECT ON cases_merge TO himaya_worker;
ALTER TABLE cases_merge ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_merge FORCE ROW LEVEL SECURITY;
CREATE OR REPLACE FUNCTION cases_leads(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM cases_case c WHERE c.id = asked AND c.desk_id = ANY (himaya_desks()))
$$;
GRANT EXECUTE ON FUNCTION cases_leads(uuid) TO himaya_staff;
CREATE POLICY concerned ON cases_merge FOR SELECT TO himaya_staff
  USING (cases_is_ours(kept_id) OR cases_is_ours(absorbed_id)
         OR cases_knows(kept_person_id) OR cases_knows(absorbed_person_id));
CREATE POLICY join_two ON cases_merge FOR INSERT TO himaya_staff
  WITH CHECK (himaya_may('case.work') AND undone_at IS NULL
              AND (kept_id IS NULL OR cases_leads(kept_id) AND cases_leads(absorbed_id))
              AND (kept_person_id IS NULL
                   OR cases_knows(kept_person_id) AND cases_knows(absorbed_person_id)));
CREATE POLICY settle ON cases_merge FOR UPDATE TO himaya_staff USING (true);
CREATE POLICY digest ON cases_merge FOR SELECT TO himaya_worker USING (true);
CREATE POLICY known ON cases_person FOR UPDATE TO himaya_staff
  USING (EXISTS (SELECT 1 FROM cases_case c WHERE c.person_id = cases_person.id AND cases_is_ours(c.id)));

-- Search by name. No role reads the tokens: this function compares, counts the asking against an
-- hour's limit, and says one desk to ask, or nothing. The case itself only to its own desks. An agency
-- that the case is kept from is told nothing.
GRANT SELECT (id, desk_id, identification_desk_id, merged_into_id, opened_at, kept_from)
  ON cases_case TO himaya_tokens;
GRANT SELECT (id, code) ON agencies_agency TO himaya_tokens;
CREATE POLICY tokens ON cases_case FOR SELECT TO himaya_tokens USING (true);
CREATE OR REPLACE FUNCTION cases_called(asked_domain text, asked bytea)
  RETURNS TABLE (too_often boolean, case_id uuid, desk_id uuid) LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  most_an_hour constant integer := 60;
  ours uuid[] := himaya_desks();
BEGIN
  IF himaya_actor() IS NULL OR NOT coalesce(himaya_may('person.search'), false) THEN
    RAISE EXCEPTION 'nobody who may search asks' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(himaya_actor()::text, 7));
  DELETE FROM vault_tokenuse u WHERE u.officer_id = himaya_actor() AND u.at < now() - interval '1 hour';
  IF (SELECT count(*) FROM vault_tokenuse u WHERE u.officer_id = himaya_actor()) >= most_an_hour THEN
    RETURN QUERY SELECT true, NULL::uuid, NULL::uuid;
    RETURN;
  END IF;
  INSERT INTO vault_tokenuse (id, officer_id, at) VALUES (gen_random_uuid(), himaya_actor(), now());
  RETURN QUERY
    SELECT false, CASE WHEN c.desk_id = ANY (ours) OR c.identification_desk_id = ANY (ours) THEN c.id END,
      c.desk_id
    FROM vault_blindtoken b
    JOIN vault_compartment k ON k.id = b.compartment_id AND k.shredded_at IS NULL
    JOIN cases_case held ON held.id = k.subject_id
    JOIN cases_case c ON c.id = coalesce(held.merged_into_id, held.id)
    WHERE b.domain = asked_domain AND b.token = asked
      AND NOT EXISTS (SELECT 1 FROM agencies_agency a WHERE a.id = himaya_agency()
                        AND a.code = ANY (c.kept_from || held.kept_from))
    ORDER BY (c.desk_id = ANY (ours)) DESC, (c.identification_desk_id = ANY (ours)) DESC,
      c.opened_at DESC
    LIMIT 1;
END $$;
ALTER FUNCTION cases_called(text, bytea) OWNER TO himaya_tokens;
GRANT EXECUTE ON FUNCTION cases_called(text, bytea) TO himaya_staff;

-- Documents: for whoever holds the key of the part where one lies, and nobody else learns of it. They
-- are put in by their own hand into a case of their desk, and never changed.
GRANT SELECT, INSERT ON cases_document TO himaya_staff;
GRANT SELECT ON cases_document TO himaya_worker;
ALTER TABLE cases_document ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_document FORCE ROW LEVEL SECURITY;
CREATE POLICY holders ON cases_document FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM vault_sealed s WHERE s.id = content_id));
CREATE POLICY put_in ON cases_document FOR INSERT TO himaya_staff
  WITH CHECK (added_by_id = himaya_actor() AND cases_is_ours(case_id)
              AND EXISTS (SELECT 1 FROM vault_sealed a JOIN vault_sealed c USING (compartment_id)
                          WHERE a.id = about_id AND c.id = content_id));
CREATE POLICY digest ON cases_document FOR SELECT TO himaya_worker USING (true);
