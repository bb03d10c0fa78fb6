-- Referrals: sender and receiver; what was never sent only its sender.
GRANT SELECT, INSERT, UPDATE ON referrals_referral TO himaya_staff;
GRANT SELECT, INSERT ON referrals_sentfact TO himaya_staff;
GRANT SELECT ON referrals_referral, referrals_sentfact TO himaya_worker;
ALTER TABLE referrals_referral ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_referral FORCE ROW LEVEL SECURITY;
ALTER TABLE referrals_sentfact ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_sentfact FORCE ROW LEVEL SECURITY;
CREATE POLICY two_desks ON referrals_referral FOR SELECT TO himaya_staff
  USING (sender_id = ANY (himaya_desks())
         OR (receiver_id = ANY (himaya_desks()) AND sent_at IS NOT NULL));
CREATE POLICY answer ON referrals_referral FOR UPDATE TO himaya_staff
  USING (sender_id = ANY (himaya_desks())
         OR (receiver_id = ANY (himaya_desks()) AND sent_at IS NOT NULL));
CREATE POLICY draft ON referrals_referral FOR INSERT TO himaya_staff
  WITH CHECK (sender_id = ANY (himaya_desks()) AND cases_is_ours(case_id));
CREATE POLICY with_referral ON referrals_sentfact FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referral_id));
CREATE POLICY put_in ON referrals_sentfact FOR INSERT TO himaya_staff
  WITH CHECK (EXISTS (SELECT 1 FROM referrals_referral r
                      WHERE r.id = referral_id AND r.sender_id = ANY (himaya_desks())));
CREATE POLICY count ON referrals_referral FOR SELECT TO himaya_worker USING (true);
CREATE POLICY count ON referrals_sentfact FOR SELECT TO himaya_worker USING (true);

-- The receiving desk sees the consent that a referral sent to it rests on, and no other.
CREATE POLICY recipient ON consent_consent FOR SELECT TO himaya_staff
  USING (EXISTS (
    SELECT 1 FROM referrals_referral r
    WHERE r.consent_id = consent_consent.id AND r.receiver_id = ANY (himaya_desks())));

-- A desk that answers a referral moves the track of its own work in the person's pathway, and sees
-- that track alone: the shelter its stay, the prosecution its lawsuit. It does until the referral
-- ends.
CREATE OR REPLACE FUNCTION referrals_is_work_of(asked uuid, work text) RETURNS boolean
  LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM referrals_referral r
    JOIN agencies_desk d ON d.id = r.receiver_id
    WHERE r.case_id = asked AND r.receiver_id = ANY (himaya_desks())
      AND r.state IN ('acknowledged', 'accepted')
      AND ((d.kind = 'SHELTER' AND work = 'shelter')
        OR (d.kind = 'PROSECUTION' AND work = 'justice')))
$$;
GRANT EXECUTE ON FUNCTION referrals_is_work_of(uuid, text) TO himaya_staff;
CREATE POLICY receiver_sees ON cases_trackstate FOR SELECT TO himaya_staff
  USING (referrals_is_work_of(case_id, track));
CREATE POLICY receiver_moves ON cases_trackstate FOR UPDATE TO himaya_staff
  USING (referrals_is_work_of(case_id, track));
