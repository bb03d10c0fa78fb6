-- Consents are seen and written where the case is.
GRANT SELECT, INSERT, UPDATE ON consent_consent TO himaya_staff;
GRANT SELECT ON consent_consent TO himaya_worker;
ALTER TABLE consent_consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent_consent FORCE ROW LEVEL SECURITY;
CREATE POLICY with_case ON consent_consent FOR ALL TO himaya_staff USING (cases_is_ours(case_id));
-- The receiving desk is let in by referrals/policies.sql, once a referral rests on the consent.
CREATE POLICY count ON consent_consent FOR SELECT TO himaya_worker USING (true);
