-- Who opened what and why: reasons, alarms, emergency access, and the person's own view.

-- The worker reads the ledger on and works out what no list explains. Nobody else sees that.
GRANT SELECT, INSERT, UPDATE ON accountability_scan TO himaya_worker;
GRANT SELECT, INSERT, DELETE ON accountability_opening TO himaya_worker;
GRANT SELECT, INSERT ON accountability_alarm, accountability_review TO himaya_worker;
GRANT SELECT ON accountability_canary, accountability_emergency, accountability_release TO himaya_worker;
ALTER TABLE accountability_scan ENABLE ROW LEVEL SECURITY;
ALTER TABLE accountability_scan FORCE ROW LEVEL SECURITY;
ALTER TABLE accountability_opening ENABLE ROW LEVEL SECURITY;
ALTER TABLE accountability_opening FORCE ROW LEVEL SECURITY;
CREATE POLICY watch ON accountability_scan FOR ALL TO himaya_worker USING (true) WITH CHECK (true);
CREATE POLICY watch ON accountability_opening FOR ALL TO himaya_worker USING (true) WITH CHECK (true);

-- An alarm and a drawn opening: for the data protection officer and the supervisors of the officer's
-- agency, never for the officer concerned. They may look and say what was found, nothing else.
GRANT SELECT, UPDATE (closed_by_id, closed_at, finding) ON accountability_alarm TO himaya_staff;
GRANT SELECT, UPDATE (answered_by_id, answered_at, answer) ON accountability_review TO himaya_staff;
ALTER TABLE accountability_alarm ENABLE ROW LEVEL SECURITY;
ALTER TABLE accountability_alarm FORCE ROW LEVEL SECURITY;
ALTER TABLE accountability_review ENABLE ROW LEVEL SECURITY;
ALTER TABLE accountability_review FORCE ROW LEVEL SECURITY;
CREATE OR REPLACE FUNCTION accountability_oversees(officer uuid, agency uuid) RETURNS boolean
  LANGUAGE sql STABLE AS $$
  SELECT officer IS DISTINCT FROM himaya_actor()
    AND (himaya_may('ledger.read') OR himaya_may('access.supervise') AND agency = himaya_agency())
$$;
GRANT EXECUTE ON FUNCTION accountability_oversees(uuid, uuid) TO himaya_staff;
CREATE POLICY watch ON accountability_alarm FOR ALL TO himaya_worker USING (true) WITH CHECK (true);
CREATE POLICY watch ON accountability_review FOR ALL TO himaya_worker USING (true) WITH CHECK (true);
CREATE POLICY oversee ON accountability_alarm FOR SELECT TO himaya_staff
  USING (accountability_oversees(officer_id, agency_id));
CREATE POLICY oversee ON accountability_review FOR SELECT TO himaya_staff
  USING (accountability_oversees(officer_id, agency_id));
-- A report that their agency gave up, because somebody there was named, they do not learn of here.
CREATE POLICY given_up ON accountability_review AS RESTRICTIVE FOR SELECT TO himaya_staff
  USING (subject_id <> ALL (ARRAY(SELECT reporting_given_up())));
CREATE POLICY close ON accountability_alarm FOR UPDATE TO himaya_staff
  USING (closed_at IS NULL AND accountability_oversees(officer_id, agency_id))
  WITH CHECK (closed_by_id = himaya_actor());
CREATE POLICY answer ON accountability_review FOR UPDATE TO himaya_staff
  USING (answered_at IS NULL AND accountability_oversees(officer_id, agency_id))
  WITH CHECK (answered_by_id = himaya_actor());

-- An emergency opening: its officer sees it while it lasts and afterwards; so do the supervisors of
-- both agencies and the data protection officers. Somebody of another body says whether it was right.
GRANT SELECT, INSERT ON accountability_emergency TO himaya_staff;
GRANT UPDATE (reviewed_by_id, reviewed_by_agency_id, reviewed_at, verdict)
  ON accountability_emergency TO himaya_staff;
ALTER TABLE accountability_emergency ENABLE ROW LEVEL SECURITY;
ALTER TABLE accountability_emergency FORCE ROW LEVEL SECURITY;
CREATE POLICY open ON accountability_emergency FOR INSERT TO himaya_staff
  WITH CHECK (himaya_may('access.emergency') AND officer_id = himaya_actor()
              AND agency_id = himaya_agency() AND desk_id = ANY (himaya_desks())
              AND reviewed_at IS NULL);
CREATE POLICY own ON accountability_emergency FOR SELECT TO himaya_staff
  USING (officer_id = himaya_actor());
CREATE POLICY oversee ON accountability_emergency FOR SELECT TO himaya_staff
  USING (himaya_may('ledger.read')
         OR himaya_may('access.supervise') AND himaya_agency() IN (agency_id, first_agency_id));
CREATE POLICY review ON accountability_emergency FOR UPDATE TO himaya_staff
  USING (reviewed_at IS NULL AND officer_id <> himaya_actor() AND agency_id <> himaya_agency()
         AND (himaya_may('ledger.read') OR himaya_may('access.supervise')))
  WITH CHECK (reviewed_by_id = himaya_actor() AND reviewed_by_agency_id = himaya_agency());
CREATE POLICY watch ON accountability_emergency FOR SELECT TO himaya_worker USING (true);

-- What a desk would take over, asked by number. low and high: all ids that begin with the number.
-- Answers nothing for a number that does not exist, or that this desk would not take over, and
-- nothing when several begin with it: the three cannot be told apart.
CREATE POLICY emergency ON reporting_report FOR SELECT TO himaya_owner USING (himaya_may('access.emergency'));
CREATE POLICY emergency ON accountability_emergency FOR SELECT TO himaya_owner USING (officer_id = himaya_actor());
CREATE POLICY emergency ON vault_escalation FOR INSERT TO himaya_owner
  WITH CHECK (himaya_may('access.emergency') AND until IS NOT NULL);
CREATE OR REPLACE FUNCTION accountability_asleep(low uuid, high uuid)
  RETURNS TABLE (report_id uuid, first_desk_id uuid, desk_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH asleep AS (
    SELECT DISTINCT r.id, r.desk_id AS first, g.desk_id AS second
    FROM reporting_report r
    JOIN vault_compartment c ON c.subject_id = r.id
    JOIN vault_grant g ON g.compartment_id = c.id
    WHERE r.id BETWEEN low AND high AND r.overtaken_by_id IS NULL
      AND g.dormant AND g.desk_id = ANY (himaya_desks()) AND himaya_may('access.emergency'))
  SELECT a.id, a.first, a.second FROM asleep a WHERE (SELECT count(*) FROM asleep) = 1
$$;
-- Wake what sleeps for the desk of an emergency opening that this officer has just written down.
CREATE OR REPLACE FUNCTION accountability_wake(emergency uuid) RETURNS SETOF vault_escalation
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO vault_escalation (id, compartment_id, desk_id, at, until)
  SELECT gen_random_uuid(), c.id, e.desk_id, e.opened_at, e.until
  FROM accountability_emergency e JOIN vault_compartment c ON c.subject_id = e.report_id
  WHERE e.id = emergency AND e.officer_id = himaya_actor() AND e.until - e.opened_at <= interval '1 day'
    AND EXISTS (SELECT 1 FROM vault_grant g
                WHERE g.compartment_id = c.id AND g.desk_id = e.desk_id AND g.dormant
                  AND g.desk_id = ANY (himaya_desks()))
  RETURNING *
$$;
REVOKE ALL ON FUNCTION accountability_asleep(uuid, uuid), accountability_wake(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accountability_asleep(uuid, uuid), accountability_wake(uuid) TO himaya_staff;

-- Canaries. The owner plants invented cases, nobody's site reads which they are; the worker compares
-- tags.
ALTER TABLE accountability_canary ENABLE ROW LEVEL SECURITY;
ALTER TABLE accountability_canary FORCE ROW LEVEL SECURITY;
CREATE POLICY plant ON accountability_canary FOR INSERT TO himaya_owner WITH CHECK (true);
CREATE POLICY watch ON accountability_canary FOR SELECT TO himaya_worker USING (true);
CREATE POLICY plant ON cases_person FOR INSERT TO himaya_owner WITH CHECK (true);
CREATE POLICY plant ON cases_case FOR INSERT TO himaya_owner WITH CHECK (state = 'closed');
CREATE POLICY plant ON cases_trackstate FOR INSERT TO himaya_owner WITH CHECK (true);
CREATE POLICY plant ON vault_compartment FOR INSERT TO himaya_owner WITH CHECK (true);
CREATE POLICY plant ON vault_compartmentepoch FOR INSERT TO himaya_owner WITH CHECK (true);
CREATE POLICY plant ON vault_grant FOR INSERT TO himaya_owner WITH CHECK (true);
CREATE POLICY plant ON vault_sealed FOR INSERT TO himaya_owner WITH CHECK (true);

-- The person's own view: who opened the file of a case, for the case worker to show. The desk that
-- leads the case asks; it gets classes of office and of agency, and no officer, desk or entry.
CREATE POLICY person_view ON audit_entry FOR SELECT TO himaya_owner USING (act = 'vault.read');
CREATE POLICY person_view ON cases_case FOR SELECT TO himaya_owner USING (desk_id = ANY (himaya_desks()));
CREATE OR REPLACE FUNCTION accountability_reads_of(asked uuid)
  RETURNS TABLE (at timestamptz, office text, desk_kind text, agency_kind text, prosecutes boolean, purpose text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT e.at, e.actor_name::text, coalesce(d.kind, '')::text, coalesce(a.kind, '')::text,
    EXISTS (SELECT 1 FROM agencies_desk p WHERE p.agency_id = d.agency_id AND p.kind = 'PROSECUTION'),
    e.purpose::text
  FROM cases_case c
  JOIN audit_entry e ON e.subject_id IN (c.id, c.report_id) AND e.act = 'vault.read'
  LEFT JOIN agencies_desk d ON d.id = e.desk_id
  LEFT JOIN agencies_agency a ON a.id = d.agency_id
  WHERE c.id = asked AND c.desk_id = ANY (himaya_desks()) AND himaya_may('case.work')
$$;
REVOKE ALL ON FUNCTION accountability_reads_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accountability_reads_of(uuid) TO himaya_staff;

-- A judge's order that releases reads held back: recorded by the data protection officer, shown by
-- the desk that leads the case.
GRANT SELECT, INSERT ON accountability_release TO himaya_staff;
ALTER TABLE accountability_release ENABLE ROW LEVEL SECURITY;
ALTER TABLE accountability_release FORCE ROW LEVEL SECURITY;
CREATE POLICY order_recorded ON accountability_release FOR INSERT TO himaya_staff
  WITH CHECK (himaya_may('ledger.read') AND recorded_by_id = himaya_actor());
CREATE POLICY oversight ON accountability_release FOR SELECT TO himaya_staff USING (himaya_may('ledger.read'));
CREATE POLICY own_case ON accountability_release FOR SELECT TO himaya_staff USING (cases_is_ours(case_id));
CREATE POLICY watch ON accountability_release FOR SELECT TO himaya_worker USING (true);

-- Searches by name: whoever searched sees that they did, the data protection officer all of them and
-- the supervisors those of their agency. What was searched for stands in no table.
GRANT SELECT, INSERT ON accountability_namesearch TO himaya_staff;
GRANT SELECT ON accountability_namesearch TO himaya_worker;
ALTER TABLE accountability_namesearch ENABLE ROW LEVEL SECURITY;
ALTER TABLE accountability_namesearch FORCE ROW LEVEL SECURITY;
CREATE POLICY put_in ON accountability_namesearch FOR INSERT TO himaya_staff
  WITH CHECK (officer_id = himaya_actor() AND agency_id = himaya_agency() AND himaya_may('person.search'));
CREATE POLICY own ON accountability_namesearch FOR SELECT TO himaya_staff USING (officer_id = himaya_actor());
CREATE POLICY oversee ON accountability_namesearch FOR SELECT TO himaya_staff
  USING (accountability_oversees(officer_id, agency_id));
CREATE POLICY watch ON accountability_namesearch FOR SELECT TO himaya_worker USING (true);
