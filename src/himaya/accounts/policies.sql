-- Accounts. The officers' site signs people in; nobody but the owner (enrolment) makes officers,
-- roles, seats or certificates. The reporters' site and the figures read nothing here.
GRANT SELECT ON accounts_officer, accounts_membership, accounts_certificate TO himaya_staff;
GRANT UPDATE (last_login, password) ON accounts_officer TO himaya_staff;
-- The worker compares what is recorded of officers with what the ledger says; no passphrase hash.
GRANT SELECT (id, username, agency_id, roles, is_active) ON accounts_officer TO himaya_worker;
GRANT SELECT ON accounts_membership, accounts_certificate TO himaya_worker;

-- Sessions lie under hashes of keys that only browsers have, tries under keyed hashes: both are
-- looked up before anybody is known. The worker forgets what is over and counts wrong tries.
GRANT SELECT, INSERT, UPDATE, DELETE ON accounts_session, accounts_tries TO himaya_staff;
GRANT SELECT (session_key, expire_date), DELETE ON accounts_session TO himaya_worker;
GRANT SELECT, UPDATE (wrong), DELETE ON accounts_tries TO himaya_worker;

-- What the request's transaction was told of the officer (accounts/pages.py, enter).
CREATE OR REPLACE FUNCTION himaya_actor() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('himaya.actor', true), '')::uuid
$$;
CREATE OR REPLACE FUNCTION himaya_agency() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('himaya.agency', true), '')::uuid
$$;
CREATE OR REPLACE FUNCTION himaya_may(permission text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT permission = ANY (string_to_array(current_setting('himaya.permissions', true), ','))
$$;
GRANT EXECUTE ON FUNCTION himaya_actor(), himaya_agency(), himaya_may(text) TO himaya_staff;

-- Acts of two: the same table as accounts/acts_of_two.py; a test compares them.
CREATE OR REPLACE FUNCTION accounts_acts_of_two()
  RETURNS TABLE (act text, ask text, approve text, other_body boolean) LANGUAGE sql IMMUTABLE AS $$
  VALUES
    ('officer.enrol', 'officer.enrol', 'officer.approve', true),
    ('officer.change', 'officer.enrol', 'officer.approve', true),
    ('officer.reinstate', 'officer.enrol', 'officer.approve', true),
    ('vault.readmit', 'key.vouch', 'officer.approve', true),
    ('reporting.informant', 'informant.ask', 'informant.allow', true),
    ('reporting.discard', 'report.triage', 'report.triage', false),
    ('reporting.send_anyway', 'report.answer', 'report.answer', false),
    ('consent.override', 'consent.record', 'override.allow', false),
    ('retention.lift_hold', 'retention.hold', 'retention.release', true),
    ('retention.erase', 'erasure.ask', 'erasure.allow', true)
$$;
CREATE OR REPLACE FUNCTION accounts_may_ask(code text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM accounts_acts_of_two() a WHERE a.act = code AND himaya_may(a.ask))
$$;
CREATE OR REPLACE FUNCTION accounts_may_approve(code text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM accounts_acts_of_two() a WHERE a.act = code AND himaya_may(a.approve))
$$;
GRANT EXECUTE ON FUNCTION accounts_acts_of_two(), accounts_may_ask(text), accounts_may_approve(text)
  TO himaya_staff, himaya_worker;

-- Whoever may ask for an act sees what was asked, whoever may allow it too; nobody removes one.
-- Which columns may change, and when, is for the trigger below.
GRANT SELECT, INSERT ON accounts_twopersonact TO himaya_staff;
GRANT UPDATE (decided_by_id, decided_by_agency_id, decided_at, confirmed, withdrawn_at, used_at)
  ON accounts_twopersonact TO himaya_staff;
GRANT SELECT ON accounts_twopersonact TO himaya_worker;
ALTER TABLE accounts_twopersonact ENABLE ROW LEVEL SECURITY;
ALTER TABLE accounts_twopersonact FORCE ROW LEVEL SECURITY;
CREATE POLICY ask ON accounts_twopersonact FOR INSERT TO himaya_staff
  WITH CHECK (asked_by_id = himaya_actor() AND asked_by_agency_id = himaya_agency()
              AND accounts_may_ask(act));
CREATE POLICY concerned ON accounts_twopersonact FOR SELECT TO himaya_staff
  USING (asked_by_id = himaya_actor() OR accounts_may_ask(act) OR accounts_may_approve(act));
CREATE POLICY go_on ON accounts_twopersonact FOR UPDATE TO himaya_staff
  USING (asked_by_id = himaya_actor() OR accounts_may_ask(act) OR accounts_may_approve(act));
CREATE POLICY digest ON accounts_twopersonact FOR SELECT TO himaya_worker USING (true);
CREATE POLICY settle ON accounts_twopersonact FOR ALL TO himaya_owner USING (true) WITH CHECK (true);

-- What was asked, decided, withdrawn or used stays so. Each step is its own update, by the person
-- whose step it is. Beside the constraints of the table, and for every role.
CREATE OR REPLACE FUNCTION accounts_two_steps() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  by_staff constant boolean := current_user = 'himaya_staff';
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a request for an act of two is never removed' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT a.other_body INTO NEW.other_body FROM accounts_acts_of_two() a WHERE a.act = NEW.act;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'no act of two' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.decided_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL OR NEW.used_at IS NOT NULL THEN
      RAISE EXCEPTION 'an act of two begins by being asked for' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM accounts_is_of(NEW.asked_by_id, NEW.asked_by_agency_id);
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.act, NEW.subject_id, NEW.reason, NEW.other_body, NEW.asked_by_id,
      NEW.asked_by_agency_id, NEW.asked_at, NEW.expires_at)
     IS DISTINCT FROM
     (OLD.id, OLD.act, OLD.subject_id, OLD.reason, OLD.other_body, OLD.asked_by_id,
      OLD.asked_by_agency_id, OLD.asked_at, OLD.expires_at) THEN
    RAISE EXCEPTION 'what was asked stays as it was' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.used_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL OR OLD.confirmed IS FALSE THEN
    RAISE EXCEPTION 'this act of two is over' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.decided_at IS NULL THEN
    IF NEW.used_at IS NOT NULL THEN
      RAISE EXCEPTION 'nobody has allowed this act yet' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.decided_at IS NOT NULL THEN
      PERFORM accounts_is_of(NEW.decided_by_id, NEW.decided_by_agency_id);
      IF by_staff AND (NEW.decided_by_id IS DISTINCT FROM himaya_actor()
                       OR NOT accounts_may_approve(NEW.act)) THEN
        RAISE EXCEPTION 'somebody decides for themselves only' USING ERRCODE = 'check_violation';
      END IF;
    END IF;
    IF by_staff AND NEW.withdrawn_at IS NOT NULL
       AND NEW.asked_by_id IS DISTINCT FROM himaya_actor() THEN
      RAISE EXCEPTION 'who asked takes it back' USING ERRCODE = 'check_violation';
    END IF;
  ELSIF (NEW.decided_by_id, NEW.decided_by_agency_id, NEW.decided_at, NEW.confirmed)
        IS DISTINCT FROM
        (OLD.decided_by_id, OLD.decided_by_agency_id, OLD.decided_at, OLD.confirmed) THEN
    RAISE EXCEPTION 'what was decided stays as it was' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.confirmed AND OLD.decided_at IS NULL OR NEW.used_at IS NOT NULL THEN
    PERFORM accounts_is_of(NEW.asked_by_id, NEW.asked_by_agency_id);
    PERFORM accounts_is_of(NEW.decided_by_id, NEW.decided_by_agency_id);
  END IF;
  RETURN NEW;
END $$;
-- An officer who works now, in the agency that they say. Raises otherwise.
CREATE OR REPLACE FUNCTION accounts_is_of(officer uuid, agency uuid) RETURNS void
  LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM accounts_officer o
                 WHERE o.id = officer AND o.agency_id = agency AND o.is_active) THEN
    RAISE EXCEPTION 'no officer of this agency who works now' USING ERRCODE = 'check_violation';
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION accounts_is_of(uuid, uuid) TO himaya_staff, himaya_worker;
CREATE OR REPLACE TRIGGER accounts_two_steps BEFORE INSERT OR UPDATE OR DELETE ON accounts_twopersonact
  FOR EACH ROW EXECUTE FUNCTION accounts_two_steps();

-- Roles that one person never holds together, and roles that sit at no desk: the same tables as
-- accounts/incompatible.py and accounts/roles.py; a test compares them. For every role of the
-- database: who makes an officer by hand is refused too.
CREATE OR REPLACE FUNCTION accounts_incompatible() RETURNS TABLE (one text, other text)
  LANGUAGE sql IMMUTABLE AS $$
  SELECT 'system_administrator', unnest(ARRAY['intake_officer', 'identification_officer',
    'case_worker', 'shelter_worker', 'prosecutor', 'committee_secretariat',
    'data_protection_officer', 'desk_supervisor', 'personnel_officer', 'directory_keeper',
    'return_counsellor', 'hotline_operator', 'field_officer'])
  UNION ALL SELECT 'hotline_operator', unnest(ARRAY['intake_officer', 'identification_officer',
    'case_worker', 'shelter_worker', 'prosecutor'])
  UNION ALL SELECT 'personnel_officer', unnest(ARRAY['intake_officer', 'identification_officer',
    'case_worker', 'shelter_worker', 'prosecutor', 'desk_supervisor'])
  UNION ALL SELECT 'data_protection_officer', unnest(ARRAY['intake_officer',
    'identification_officer', 'case_worker', 'shelter_worker', 'prosecutor', 'desk_supervisor',
    'personnel_officer'])
  UNION ALL SELECT 'committee_secretariat', unnest(ARRAY['intake_officer', 'identification_officer',
    'case_worker', 'shelter_worker', 'prosecutor'])
  UNION ALL SELECT 'prosecutor', unnest(ARRAY['identification_officer', 'case_worker',
    'shelter_worker'])
$$;
CREATE OR REPLACE FUNCTION accounts_unseated() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY['personnel_officer', 'directory_keeper', 'system_administrator', 'field_officer']
$$;
CREATE OR REPLACE FUNCTION accounts_roles_fit() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM accounts_incompatible() i
             WHERE i.one = ANY (NEW.roles) AND i.other = ANY (NEW.roles)) THEN
    RAISE EXCEPTION 'these roles do not go together' USING ERRCODE = 'check_violation';
  END IF;
  IF 'hotline_operator' = ANY (NEW.roles) AND EXISTS (
       SELECT 1 FROM accounts_membership m JOIN agencies_desk d ON d.id = m.desk_id
       WHERE m.officer_id = NEW.id AND d.kind <> 'HOTLINE') THEN
    RAISE EXCEPTION 'whoever takes calls sits where no report is received' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER accounts_roles_fit BEFORE INSERT OR UPDATE OF roles ON accounts_officer
  FOR EACH ROW EXECUTE FUNCTION accounts_roles_fit();
-- A desk is of the officer's own agency, whoever lets others in sits nowhere, and whoever takes
-- calls sits only at desks that receive no report.
CREATE OR REPLACE FUNCTION accounts_seat_fits() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM accounts_officer o JOIN agencies_desk d ON d.agency_id = o.agency_id
                 WHERE o.id = NEW.officer_id AND d.id = NEW.desk_id
                   AND NOT o.roles::text[] && accounts_unseated()
                   AND (d.kind = 'HOTLINE' OR 'hotline_operator' <> ALL (o.roles))) THEN
    RAISE EXCEPTION 'this officer does not sit at this desk' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER accounts_seat_fits BEFORE INSERT OR UPDATE ON accounts_membership
  FOR EACH ROW EXECUTE FUNCTION accounts_seat_fits();
