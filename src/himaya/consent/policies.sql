-- Consents are seen and written where the case is.
GRANT SELECT, INSERT, UPDATE ON consent_consent TO himaya_staff;
GRANT SELECT ON consent_consent TO himaya_worker;
ALTER TABLE consent_consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent_consent FORCE ROW LEVEL SECURITY;
CREATE POLICY with_case ON consent_consent FOR ALL TO himaya_staff
  USING (EXISTS (SELECT 1 FROM cases_case c WHERE c.id = case_id)) WITH CHECK (true);
-- The receiving desk sees the consent that its referral rests on.
CREATE POLICY recipient ON consent_consent FOR SELECT TO himaya_staff
  USING (recipient_id = ANY (himaya_desks()));
CREATE POLICY count ON consent_consent FOR SELECT TO himaya_worker USING (true);
