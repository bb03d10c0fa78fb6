-- Referrals: sender and receiver; a draft only its sender.
GRANT SELECT, INSERT, UPDATE ON referrals_referral TO himaya_staff;
GRANT SELECT, INSERT ON referrals_sentfact TO himaya_staff;
GRANT SELECT ON referrals_referral, referrals_sentfact TO himaya_worker;
ALTER TABLE referrals_referral ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_referral FORCE ROW LEVEL SECURITY;
ALTER TABLE referrals_sentfact ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_sentfact FORCE ROW LEVEL SECURITY;
CREATE POLICY two_desks ON referrals_referral FOR ALL TO himaya_staff
  USING (sender_id = ANY (himaya_desks())
         OR (receiver_id = ANY (himaya_desks()) AND state <> 'draft'))
  WITH CHECK (true);
CREATE POLICY with_referral ON referrals_sentfact FOR ALL TO himaya_staff
  USING (EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referral_id)) WITH CHECK (true);
CREATE POLICY count ON referrals_referral FOR SELECT TO himaya_worker USING (true);
CREATE POLICY count ON referrals_sentfact FOR SELECT TO himaya_worker USING (true);

-- A desk that accepted a referral moves the track of its own work in the person's pathway, and sees
-- that track alone: the shelter its stay, the prosecution its lawsuit.
CREATE POLICY receiver_moves ON cases_trackstate FOR ALL TO himaya_staff
  USING (EXISTS (
    SELECT 1 FROM referrals_referral r
    JOIN agencies_desk d ON d.id = r.receiver_id
    WHERE r.case_id = cases_trackstate.case_id AND r.receiver_id = ANY (himaya_desks())
      AND r.state IN ('acknowledged', 'accepted', 'completed')
      AND ((d.kind = 'SHELTER' AND track = 'shelter')
        OR (d.kind = 'PROSECUTION' AND track = 'justice'))));
