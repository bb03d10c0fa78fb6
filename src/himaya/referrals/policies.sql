-- Referrals: sender and receiver; what was never sent only its sender. A desk that is woken because
-- the receiver stayed silent, from then on.
GRANT SELECT, INSERT, UPDATE ON referrals_referral TO himaya_staff;
GRANT SELECT, INSERT ON referrals_sentfact TO himaya_staff;
GRANT SELECT ON referrals_referral, referrals_sentfact TO himaya_worker;
GRANT UPDATE (escalated_at, news) ON referrals_referral TO himaya_worker;
ALTER TABLE referrals_referral ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_referral FORCE ROW LEVEL SECURITY;
ALTER TABLE referrals_sentfact ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_sentfact FORCE ROW LEVEL SECURITY;
CREATE POLICY two_desks ON referrals_referral FOR SELECT TO himaya_staff
  USING (sender_id = ANY (himaya_desks())
         OR (receiver_id = ANY (himaya_desks()) AND sent_at IS NOT NULL)
         OR (second_id = ANY (himaya_desks()) AND escalated_at IS NOT NULL));
CREATE POLICY answer ON referrals_referral FOR UPDATE TO himaya_staff
  USING (sender_id = ANY (himaya_desks())
         OR (receiver_id = ANY (himaya_desks()) AND sent_at IS NOT NULL)
         OR (second_id = ANY (himaya_desks()) AND escalated_at IS NOT NULL));
CREATE POLICY draft ON referrals_referral FOR INSERT TO himaya_staff
  WITH CHECK (sender_id = ANY (himaya_desks()) AND cases_is_ours(case_id));
-- The facts are for the two desks; whoever is woken learns that a desk is silent, and about whom not.
CREATE POLICY with_referral ON referrals_sentfact FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referral_id
                 AND (r.sender_id = ANY (himaya_desks()) OR r.receiver_id = ANY (himaya_desks()))));
CREATE POLICY put_in ON referrals_sentfact FOR INSERT TO himaya_staff
  WITH CHECK (EXISTS (SELECT 1 FROM referrals_referral r
                      WHERE r.id = referral_id AND r.sender_id = ANY (himaya_desks())));
CREATE POLICY count ON referrals_referral FOR SELECT TO himaya_worker USING (true);
CREATE POLICY count ON referrals_sentfact FOR SELECT TO himaya_worker USING (true);
CREATE POLICY wake ON referrals_referral FOR UPDATE TO himaya_worker
  USING (state IN ('sent', 'acknowledged')) WITH CHECK (escalated_at IS NOT NULL);

-- The receiving desk sees the consent that a referral sent to it rests on, and no other.
CREATE POLICY recipient ON consent_consent FOR SELECT TO himaya_staff
  USING (EXISTS (
    SELECT 1 FROM referrals_referral r
    WHERE r.consent_id = consent_consent.id AND r.receiver_id = ANY (himaya_desks())));

-- Nobody answers their own referral, nobody answers for another desk, and no answer is given twice,
-- also where the program forgets to ask. What is asked, of whom and on what basis never changes.
CREATE OR REPLACE FUNCTION referrals_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ours boolean := OLD.sender_id = ANY (himaya_desks());
  theirs boolean := OLD.receiver_id = ANY (himaya_desks()) AND NOT ours
    AND (OLD.sent_by IS NULL OR OLD.sent_by IS DISTINCT FROM himaya_actor());
  instead boolean := OLD.second_id = ANY (himaya_desks()) AND OLD.escalated_at IS NOT NULL
    AND NOT ours AND (OLD.sent_by IS NULL OR OLD.sent_by IS DISTINCT FROM himaya_actor());
BEGIN
  IF current_user <> 'himaya_staff' THEN
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.case_id, NEW.pseudonym, NEW.sender_id, NEW.receiver_id, NEW.kind, NEW.consent_id,
      NEW.duty, NEW.informed, NEW.sender_stays, NEW.need, NEW.kinds, NEW.made_at, NEW.follows_id)
     IS DISTINCT FROM
     (OLD.id, OLD.case_id, OLD.pseudonym, OLD.sender_id, OLD.receiver_id, OLD.kind, OLD.consent_id,
      OLD.duty, OLD.informed, OLD.sender_stays, OLD.need, OLD.kinds, OLD.made_at, OLD.follows_id)
     OR NOT (OLD.state IN ('draft', 'checked'))
        AND (NEW.sent_by, NEW.sent_at, NEW.due_at, NEW.second_id, NEW.escalated_at)
        IS DISTINCT FROM (OLD.sent_by, OLD.sent_at, OLD.due_at, OLD.second_id, OLD.escalated_at) THEN
    RAISE EXCEPTION 'what a referral asks never changes' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = OLD.state THEN
    RETURN NEW;
  END IF;
  IF NOT (CASE OLD.state
       WHEN 'draft' THEN ours AND NEW.state IN ('checked', 'withdrawn')
       WHEN 'checked' THEN ours AND (NEW.state = 'withdrawn'
         OR NEW.state = 'sent' AND NEW.sent_by IS NOT DISTINCT FROM himaya_actor())
       WHEN 'sent' THEN ours AND NEW.state = 'withdrawn' OR theirs AND NEW.state = 'acknowledged'
         OR instead AND NEW.state = 'declined'
       WHEN 'acknowledged' THEN ours AND NEW.state = 'withdrawn'
         OR theirs AND NEW.state IN ('accepted', 'declined') OR instead AND NEW.state = 'declined'
       WHEN 'accepted' THEN ours AND NEW.state = 'withdrawn'
         OR theirs AND NEW.state IN ('in_service', 'completed')
       WHEN 'in_service' THEN theirs AND NEW.state = 'completed'
       ELSE false
     END) THEN
    RAISE EXCEPTION 'a referral does not move so' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state IN ('accepted', 'declined')
     AND NEW.answered_by IS DISTINCT FROM himaya_actor() THEN
    RAISE EXCEPTION 'an answer is given in one''s own name' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER referrals_moves BEFORE UPDATE ON referrals_referral
  FOR EACH ROW EXECUTE FUNCTION referrals_moves();

-- A desk that answers a referral moves the track of its own work in the person's pathway, and sees
-- that track alone: the shelter its stay, the prosecution its lawsuit. It does until the referral
-- ends. A desk that was woken takes the request back there.
CREATE OR REPLACE FUNCTION referrals_is_work_of(asked uuid, work text) RETURNS boolean
  LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM referrals_referral r
    JOIN agencies_desk d ON d.id = r.receiver_id
    WHERE r.case_id = asked AND r.kind = 'service'
      AND (r.receiver_id = ANY (himaya_desks())
             AND r.state IN ('acknowledged', 'accepted', 'in_service')
           OR r.second_id = ANY (himaya_desks()) AND r.escalated_at IS NOT NULL
             AND r.state IN ('sent', 'acknowledged'))
      AND ((d.kind = 'SHELTER' AND work = 'shelter')
        OR (d.kind = 'PROSECUTION' AND work = 'justice')))
$$;
GRANT EXECUTE ON FUNCTION referrals_is_work_of(uuid, text) TO himaya_staff;
CREATE POLICY receiver_sees ON cases_trackstate FOR SELECT TO himaya_staff
  USING (referrals_is_work_of(case_id, track));
CREATE POLICY receiver_moves ON cases_trackstate FOR UPDATE TO himaya_staff
  USING (referrals_is_work_of(case_id, track));

-- What a referral shares sleeps until it is accepted. Runs as the owner: before, the receiving desk
-- does not see that there is anything.
CREATE POLICY referred ON vault_grant FOR UPDATE TO himaya_owner USING (dormant) WITH CHECK (true);
CREATE OR REPLACE FUNCTION referrals_wake(asked uuid) RETURNS SETOF vault_grant
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE vault_grant g SET dormant = false FROM referrals_referral r
  WHERE r.id = asked AND r.state = 'accepted' AND r.receiver_id = ANY (himaya_desks())
    AND r.answered_by IS NOT DISTINCT FROM himaya_actor()
    AND g.desk_id = r.receiver_id AND g.dormant AND g.basis_id IN (r.id, r.consent_id)
    AND (g.until IS NULL OR g.until > now())
    AND NOT EXISTS (SELECT 1 FROM vault_grant a
                    WHERE a.epoch_id = g.epoch_id AND a.desk_id = g.desk_id AND NOT a.dormant
                      AND a.basis_id IS NOT DISTINCT FROM g.basis_id)
  RETURNING g.*
$$;
-- What still sleeps when a referral has ended goes, and was never opened.
CREATE POLICY referred_gone ON vault_grant FOR DELETE TO himaya_owner USING (dormant);
CREATE OR REPLACE FUNCTION referrals_forget(asked uuid) RETURNS TABLE (gone uuid)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DELETE FROM vault_grant g USING referrals_referral r
  WHERE r.id = asked AND r.state IN ('declined', 'completed', 'withdrawn')
    AND (r.sender_id = ANY (himaya_desks()) OR r.receiver_id = ANY (himaya_desks())
         OR r.second_id = ANY (himaya_desks()))
    AND g.dormant AND g.desk_id IN (r.receiver_id, r.second_id)
    AND g.basis_id IN (r.id, r.consent_id)
  RETURNING g.id
$$;
-- To what a desk seals its answer, though it may not open what was asked: a public key.
CREATE POLICY referred ON vault_compartment FOR SELECT TO himaya_owner USING (true);
CREATE POLICY referred ON vault_compartmentepoch FOR SELECT TO himaya_owner USING (true);
CREATE OR REPLACE FUNCTION referrals_answer_key(asked uuid) RETURNS SETOF vault_compartmentepoch
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.* FROM referrals_referral r
  JOIN vault_compartment c ON c.subject_id = r.id AND c.kind = 'referral'
  JOIN vault_compartmentepoch e ON e.compartment_id = c.id
  WHERE r.id = asked AND (r.sender_id = ANY (himaya_desks())
    OR r.receiver_id = ANY (himaya_desks()) AND r.sent_at IS NOT NULL
    OR r.second_id = ANY (himaya_desks()) AND r.escalated_at IS NOT NULL)
  ORDER BY e.number DESC LIMIT 1
$$;
REVOKE ALL ON FUNCTION referrals_wake(uuid), referrals_forget(uuid), referrals_answer_key(uuid)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referrals_wake(uuid), referrals_forget(uuid), referrals_answer_key(uuid)
  TO himaya_staff;

-- A case goes to the desk whose officer has just accepted a transfer of it, and to no other.
CREATE OR REPLACE FUNCTION referrals_takes_over(asked uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM referrals_referral r
    WHERE r.case_id = asked AND r.kind = 'transfer' AND r.state = 'accepted'
      AND r.receiver_id = ANY (himaya_desks()) AND r.answered_by = himaya_actor())
$$;
REVOKE ALL ON FUNCTION referrals_takes_over(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referrals_takes_over(uuid) TO himaya_staff;
CREATE POLICY transferred ON cases_case FOR SELECT TO himaya_staff USING (referrals_takes_over(id));
CREATE POLICY transfer ON cases_case FOR UPDATE TO himaya_staff
  USING (referrals_takes_over(id)) WITH CHECK (desk_id = ANY (himaya_desks()));
-- What the former desk has asked of others goes on for the new one; what it had not sent does not.
CREATE POLICY follow ON referrals_referral FOR UPDATE TO himaya_owner USING (true);
CREATE OR REPLACE FUNCTION referrals_follow_case(asked uuid, moment timestamptz)
  RETURNS SETOF referrals_referral
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE referrals_referral r SET
    sender_id = CASE WHEN r.sent_at IS NULL THEN r.sender_id ELSE c.desk_id END,
    state = CASE WHEN r.sent_at IS NULL THEN 'withdrawn' ELSE r.state END,
    ended_at = CASE WHEN r.sent_at IS NULL THEN moment ELSE r.ended_at END
  FROM cases_case c
  WHERE c.id = asked AND c.desk_id = ANY (himaya_desks()) AND r.case_id = c.id
    AND r.sender_id <> c.desk_id AND (r.receiver_id <> c.desk_id OR r.sent_at IS NULL)
    AND referrals_takes_over(asked)
    AND r.state NOT IN ('declined', 'completed', 'withdrawn')
  RETURNING r.*
$$;
REVOKE ALL ON FUNCTION referrals_follow_case(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referrals_follow_case(uuid, timestamptz) TO himaya_staff;

-- A code on paper opens one referral, to the body that holds the paper. Made by the desk that sent.
GRANT SELECT, INSERT, UPDATE ON referrals_replycode TO himaya_staff;
GRANT SELECT ON referrals_replycode TO himaya_worker;
ALTER TABLE referrals_replycode ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_replycode FORCE ROW LEVEL SECURITY;
CREATE POLICY two_desks ON referrals_replycode FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referral_id
                 AND (r.sender_id = ANY (himaya_desks()) OR r.receiver_id = ANY (himaya_desks()))));
CREATE POLICY print ON referrals_replycode FOR INSERT TO himaya_staff
  WITH CHECK (answered_at IS NULL AND ended_at IS NULL
              AND EXISTS (SELECT 1 FROM referrals_referral r
                          WHERE r.id = referral_id AND r.sender_id = ANY (himaya_desks())));
CREATE POLICY use ON referrals_replycode FOR UPDATE TO himaya_staff
  USING (EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referral_id
                 AND (r.sender_id = ANY (himaya_desks()) OR r.receiver_id = ANY (himaya_desks()))));
CREATE POLICY digest ON referrals_replycode FOR SELECT TO himaya_worker USING (true);
CREATE POLICY by_code ON referrals_replycode FOR SELECT TO himaya_owner USING (true);
-- For which desk and which referral a code answers now; nothing for every other code, whatever is
-- wrong with it. The hash is made here, so that a stolen table answers nothing.
CREATE OR REPLACE FUNCTION referrals_by_code(typed text, moment timestamptz)
  RETURNS TABLE (id uuid, referral_id uuid, desk_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.id, r.id, r.receiver_id
  FROM referrals_replycode k JOIN referrals_referral r ON r.id = k.referral_id
  WHERE k.code_hash = sha256(convert_to(typed, 'UTF8')) AND k.expires_at > moment
    AND (k.answered_at IS NULL AND r.state IN ('sent', 'acknowledged')
         OR k.ended_at IS NULL AND r.state IN ('accepted', 'in_service'))
$$;
REVOKE ALL ON FUNCTION referrals_by_code(text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referrals_by_code(text, timestamptz) TO himaya_staff;

-- Requests for a case: whoever asks sees their own, and the desk that leads the case what is asked
-- of it. No reference tells the asker whether there is such a case.
GRANT SELECT, INSERT, UPDATE ON referrals_caserequest TO himaya_staff;
GRANT SELECT ON referrals_caserequest TO himaya_worker;
ALTER TABLE referrals_caserequest ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_caserequest FORCE ROW LEVEL SECURITY;
CREATE POLICY asked ON referrals_caserequest FOR SELECT TO himaya_staff
  USING (desk_id = ANY (himaya_desks()));
CREATE POLICY leads ON referrals_caserequest FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM cases_case c
                 WHERE c.pseudonym = referrals_caserequest.pseudonym
                   AND c.desk_id = ANY (himaya_desks())));
CREATE POLICY ask ON referrals_caserequest FOR INSERT TO himaya_staff
  WITH CHECK (desk_id = ANY (himaya_desks()) AND state = 'asked' AND asked_by = himaya_actor());
CREATE POLICY take_back ON referrals_caserequest FOR UPDATE TO himaya_staff
  USING (desk_id = ANY (himaya_desks()) AND state = 'asked') WITH CHECK (state = 'taken_back');
CREATE POLICY answer ON referrals_caserequest FOR UPDATE TO himaya_staff
  USING (state = 'asked' AND desk_id <> ALL (himaya_desks())
         AND EXISTS (SELECT 1 FROM cases_case c
                     WHERE c.pseudonym = referrals_caserequest.pseudonym
                       AND c.desk_id = ANY (himaya_desks())))
  WITH CHECK (state IN ('granted', 'refused') AND answered_by = himaya_actor()
              AND desk_id <> ALL (himaya_desks()));
CREATE POLICY digest ON referrals_caserequest FOR SELECT TO himaya_worker USING (true);
