-- Consents are seen and written where the case is.
GRANT SELECT, INSERT, UPDATE ON consent_consent TO himaya_staff;
GRANT SELECT, UPDATE (state, expired_at) ON consent_consent TO himaya_worker;
ALTER TABLE consent_consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent_consent FORCE ROW LEVEL SECURITY;
CREATE POLICY with_case ON consent_consent FOR ALL TO himaya_staff USING (cases_is_ours(case_id));
-- The receiving desk is let in by referrals/policies.sql, once a referral rests on the consent.
CREATE POLICY count ON consent_consent FOR SELECT TO himaya_worker USING (true);
-- The worker notes that a time is over, and nothing else.
CREATE POLICY over ON consent_consent FOR UPDATE TO himaya_worker
  USING (state = 'granted' AND until <= now()) WITH CHECK (state = 'expired');
-- Whoever may be the second person of a share by law sees what is asked, codes and never words, as
-- long as it waits for a second person: not what was decided, taken back or is over.
CREATE OR REPLACE FUNCTION consent_waits_for_second(asked uuid) RETURNS boolean
  LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM accounts_twopersonact t
    WHERE t.act = 'consent.override' AND t.subject_id = asked
      AND t.decided_at IS NULL AND t.withdrawn_at IS NULL AND t.expires_at > now())
$$;
GRANT EXECUTE ON FUNCTION consent_waits_for_second(uuid) TO himaya_staff;
CREATE POLICY second ON consent_consent FOR SELECT TO himaya_staff
  USING (legal_basis <> '' AND state = 'asked' AND himaya_may('override.allow')
         AND consent_waits_for_second(id));

-- When the person was told of it. Rows are added, never changed.
GRANT SELECT, INSERT ON consent_telling TO himaya_staff;
GRANT SELECT ON consent_telling TO himaya_worker;
ALTER TABLE consent_telling ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent_telling FORCE ROW LEVEL SECURITY;
CREATE POLICY with_consent ON consent_telling FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM consent_consent c WHERE c.id = consent_id AND c.legal_basis <> ''));
CREATE POLICY put_in ON consent_telling FOR INSERT TO himaya_staff
  WITH CHECK (EXISTS (SELECT 1 FROM consent_consent c
                      WHERE c.id = consent_id AND cases_is_ours(c.case_id)));
CREATE POLICY count ON consent_telling FOR SELECT TO himaya_worker USING (true);

-- Also where the program forgets to ask: what was asked stays as it was asked, what ended stays
-- ended, and nothing is shared by law that a second person has not agreed to.
CREATE OR REPLACE FUNCTION consent_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user NOT IN ('himaya_staff', 'himaya_worker') THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND (
       (NEW.id, NEW.series, NEW.follows_id, NEW.case_id, NEW.recipient_id, NEW.purpose, NEW.kinds,
        NEW.language, NEW.legal_basis, NEW.against, NEW.asked_at, NEW.until)
       IS DISTINCT FROM
       (OLD.id, OLD.series, OLD.follows_id, OLD.case_id, OLD.recipient_id, OLD.purpose, OLD.kinds,
        OLD.language, OLD.legal_basis, OLD.against, OLD.asked_at, OLD.until)
       OR OLD.state <> NEW.state AND NOT (
         OLD.state = 'asked' AND NEW.state IN ('granted', 'refused')
         OR OLD.state = 'granted' AND NEW.state IN ('withdrawn', 'expired', 'renewed'))) THEN
    RAISE EXCEPTION 'a consent stays as it was asked, and ended when it has ended'
      USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'INSERT' AND EXISTS (
       SELECT 1 FROM cases_case c WHERE c.id = NEW.case_id AND c.desk_id = NEW.recipient_id) THEN
    RAISE EXCEPTION 'nobody consents to what the leading desk knows already'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.legal_basis <> '' AND NEW.state = 'granted'
     AND (TG_OP = 'INSERT' OR OLD.state <> 'granted')
     AND NOT EXISTS (
       SELECT 1 FROM accounts_twopersonact t
       WHERE t.act = 'consent.override' AND t.subject_id = NEW.id
         AND t.confirmed AND t.used_at IS NOT NULL) THEN
    RAISE EXCEPTION 'nobody shares by law alone' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER consent_steps BEFORE INSERT OR UPDATE ON consent_consent
  FOR EACH ROW EXECUTE FUNCTION consent_steps();
