-- Officers come, change their desks and leave. The officers' site has no right to make or change an
-- officer: it calls the functions below, which run as the owner and ask for the two persons first.

-- Proposals are never changed by who makes them. Who enrols or allows sees them; they name officers,
-- never a person of a case.
GRANT SELECT, INSERT ON enrolment_proposal TO himaya_staff;
GRANT SELECT ON enrolment_invitation TO himaya_staff;
GRANT SELECT ON enrolment_proposal, enrolment_invitation TO himaya_worker;
ALTER TABLE enrolment_proposal ENABLE ROW LEVEL SECURITY;
ALTER TABLE enrolment_proposal FORCE ROW LEVEL SECURITY;
ALTER TABLE enrolment_invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE enrolment_invitation FORCE ROW LEVEL SECURITY;

-- An officer of the asker's own agency; or, in an agency that has none who works, the first personnel
-- officer, whom only another agency can propose.
CREATE OR REPLACE FUNCTION enrolment_may_propose(kind text, officer uuid, agency uuid, roles text[])
  RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT himaya_may('officer.enrol') AND CASE
    WHEN kind <> 'officer.enrol' THEN agency = himaya_agency() AND EXISTS (
      SELECT 1 FROM accounts_officer o WHERE o.id = officer AND o.agency_id = agency)
    WHEN agency = himaya_agency() THEN true
    ELSE roles = ARRAY['personnel_officer'] AND NOT EXISTS (
      SELECT 1 FROM accounts_officer o
      WHERE o.agency_id = agency AND o.is_active AND 'personnel_officer' = ANY (o.roles))
  END
$$;
GRANT EXECUTE ON FUNCTION enrolment_may_propose(text, uuid, uuid, text[]) TO himaya_staff;
CREATE POLICY propose ON enrolment_proposal FOR INSERT TO himaya_staff
  WITH CHECK (NOT done AND made_by_agency_id = himaya_agency()
              AND enrolment_may_propose(kind, officer_id, agency_id, roles::text[]));
CREATE POLICY concerned ON enrolment_proposal FOR SELECT TO himaya_staff
  USING (himaya_may('officer.enrol') OR himaya_may('officer.approve'));
CREATE POLICY concerned ON enrolment_invitation FOR SELECT TO himaya_staff
  USING (himaya_may('officer.enrol'));
CREATE POLICY own ON enrolment_invitation FOR SELECT TO himaya_staff USING (officer_id = himaya_actor());
CREATE POLICY digest ON enrolment_proposal FOR SELECT TO himaya_worker USING (true);
CREATE POLICY digest ON enrolment_invitation FOR SELECT TO himaya_worker USING (true);
-- For the functions below, which run as the owner.
CREATE POLICY settle ON enrolment_proposal FOR ALL TO himaya_owner USING (true) WITH CHECK (true);
CREATE POLICY settle ON enrolment_invitation FOR ALL TO himaya_owner USING (true) WITH CHECK (true);
CREATE POLICY come_back ON vault_passkeywrap FOR ALL TO himaya_owner USING (true);

CREATE OR REPLACE FUNCTION enrolment_refuse(why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation';
END $$;

-- Do what a proposal says, once, after its act of two was allowed and used. A newcomer, or somebody
-- who comes back, is let in by a paper: `token` is the hash of what stands on it. Returns the rows
-- that went, for the ledger.
CREATE OR REPLACE FUNCTION enrolment_carry_out(
  asked uuid, token bytea, moment timestamptz, until timestamptz)
  RETURNS TABLE (gone_from text, gone uuid)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  p enrolment_proposal;
BEGIN
  UPDATE enrolment_proposal SET done = true
    WHERE id = asked AND NOT done AND made_by_agency_id = himaya_agency()
      AND himaya_may('officer.enrol') AND EXISTS (
        SELECT 1 FROM accounts_twopersonact t
        WHERE t.subject_id = asked AND t.act = enrolment_proposal.kind AND t.used_at IS NOT NULL)
    RETURNING * INTO p;
  IF NOT FOUND THEN
    PERFORM enrolment_refuse('two persons have not allowed this');
  END IF;
  IF p.kind = 'officer.enrol' THEN
    INSERT INTO accounts_officer (id, username, agency_id, roles, is_active, password)
      VALUES (p.officer_id, p.username, p.agency_id, p.roles, false, '!');
  END IF;
  IF p.kind = 'officer.reinstate' THEN
    PERFORM 1 FROM accounts_officer WHERE id = p.officer_id AND NOT is_active;
    IF NOT FOUND THEN
      PERFORM enrolment_refuse('this officer works already');
    END IF;
    DELETE FROM mfa_authenticator WHERE user_id = p.officer_id;
    RETURN QUERY WITH went AS (DELETE FROM vault_memberkey WHERE officer_id = p.officer_id RETURNING id)
      SELECT 'vault_memberkey', id FROM went;
    RETURN QUERY WITH went AS (DELETE FROM vault_passkeywrap WHERE officer_id = p.officer_id RETURNING id)
      SELECT 'vault_passkeywrap', id FROM went;
  END IF;
  RETURN QUERY WITH went AS (
      DELETE FROM accounts_membership m USING agencies_desk d
      WHERE m.officer_id = p.officer_id AND d.id = m.desk_id AND d.code <> ALL (p.desks)
      RETURNING m.id)
    SELECT 'accounts_membership', id FROM went;
  UPDATE accounts_officer SET roles = p.roles WHERE id = p.officer_id AND agency_id = p.agency_id;
  INSERT INTO accounts_membership (id, officer_id, desk_id)
    SELECT gen_random_uuid(), p.officer_id, d.id FROM agencies_desk d WHERE d.code = ANY (p.desks)
    ON CONFLICT (officer_id, desk_id) DO NOTHING;
  IF p.kind <> 'officer.change' THEN
    INSERT INTO enrolment_invitation (id, officer_id, proposal_id, token_hash, made_at, expires_at)
      VALUES (gen_random_uuid(), p.officer_id, p.id, token, moment, until);
  END IF;
END $$;

-- A paper was lost, or its time is over: the next one takes its place.
CREATE OR REPLACE FUNCTION enrolment_invite_again(
  officer uuid, token bytea, moment timestamptz, until timestamptz) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  former enrolment_invitation;
BEGIN
  SELECT i.* INTO former FROM enrolment_invitation i
    JOIN enrolment_proposal p ON p.id = i.proposal_id AND p.made_by_agency_id = himaya_agency()
    JOIN accounts_officer o ON o.id = i.officer_id AND NOT o.is_active
    WHERE i.officer_id = officer AND himaya_may('officer.enrol')
    ORDER BY i.made_at DESC, i.expires_at DESC LIMIT 1 FOR UPDATE OF i;
  IF NOT FOUND OR former.used_at IS NOT NULL THEN
    PERFORM enrolment_refuse('nobody waits to come in');
  END IF;
  UPDATE enrolment_invitation SET expires_at = least(expires_at, moment)
    WHERE officer_id = officer AND used_at IS NULL;
  INSERT INTO enrolment_invitation (id, officer_id, proposal_id, token_hash, made_at, expires_at)
    VALUES (gen_random_uuid(), officer, former.proposal_id, token, moment, until);
END $$;

-- Whom a paper lets in now; null for every other token, whatever is wrong with it.
CREATE OR REPLACE FUNCTION enrolment_invited(token text, moment timestamptz) RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT i.officer_id FROM enrolment_invitation i
  JOIN accounts_officer o ON o.id = i.officer_id AND NOT o.is_active
  JOIN agencies_agency a ON a.id = o.agency_id
  WHERE i.token_hash = sha256(convert_to(token, 'UTF8')) AND i.used_at IS NULL
    AND moment < i.expires_at AND (a.ended_on IS NULL OR moment::date < a.ended_on)
    AND (i.proposal_id IS NULL OR EXISTS (
      SELECT 1 FROM accounts_twopersonact t
      JOIN enrolment_proposal p ON p.id = t.subject_id AND p.kind = t.act
      JOIN accounts_officer one ON one.id = t.asked_by_id AND one.is_active
      JOIN accounts_officer other ON other.id = t.decided_by_id AND other.is_active
      WHERE p.id = i.proposal_id AND t.used_at IS NOT NULL))
$$;

-- The paper is used: the officer works from now on, with the passphrase that they chose.
CREATE OR REPLACE FUNCTION enrolment_join(token text, passphrase_hash text, moment timestamptz)
  RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  newcomer constant uuid := enrolment_invited(token, moment);
BEGIN
  UPDATE enrolment_invitation SET used_at = moment
    WHERE token_hash = sha256(convert_to(token, 'UTF8')) AND used_at IS NULL AND officer_id = newcomer;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  UPDATE accounts_officer SET is_active = true, password = passphrase_hash WHERE id = newcomer;
  RETURN newcomer;
END $$;

-- One personnel officer of the same agency suffices to lock somebody out. left_for_good: seats go.
CREATE OR REPLACE FUNCTION enrolment_suspend(officer uuid, left_for_good boolean, moment timestamptz)
  RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE accounts_officer SET is_active = false
    WHERE id = officer AND agency_id = himaya_agency() AND himaya_may('officer.suspend');
  IF NOT FOUND THEN
    PERFORM enrolment_refuse('nobody of your agency');
  END IF;
  UPDATE enrolment_invitation SET expires_at = least(expires_at, moment)
    WHERE officer_id = officer AND used_at IS NULL;
  IF left_for_good THEN
    DELETE FROM accounts_membership WHERE officer_id = officer;
  END IF;
END $$;

-- A training that an officer of the same agency has passed.
CREATE OR REPLACE FUNCTION enrolment_certify(officer uuid, passed text, until date) RETURNS uuid
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  made constant uuid := gen_random_uuid();
BEGIN
  INSERT INTO accounts_certificate (id, officer_id, topic, valid_until)
    SELECT made, o.id, passed, until FROM accounts_officer o
    WHERE o.id = officer AND o.agency_id = himaya_agency() AND himaya_may('officer.enrol');
  IF NOT FOUND THEN
    PERFORM enrolment_refuse('nobody of your agency');
  END IF;
  RETURN made;
END $$;
GRANT EXECUTE ON FUNCTION
  enrolment_carry_out(uuid, bytea, timestamptz, timestamptz),
  enrolment_invite_again(uuid, bytea, timestamptz, timestamptz),
  enrolment_invited(text, timestamptz), enrolment_join(text, text, timestamptz),
  enrolment_suspend(uuid, boolean, timestamptz), enrolment_certify(uuid, text, date)
  TO himaya_staff;
