-- How long content is kept, and what then: holds, erasure, tombstones. No row holds a name.
GRANT SELECT, INSERT ON retention_hold, retention_erasure, retention_review TO himaya_staff;
GRANT UPDATE (confirmed_at, confirm_by, lifted_at) ON retention_hold TO himaya_staff;
GRANT SELECT ON retention_tombstone, retention_forecast TO himaya_staff;
GRANT SELECT ON retention_hold, retention_erasure, retention_review TO himaya_worker;
GRANT UPDATE (done_at, backups_until) ON retention_erasure TO himaya_worker;
GRANT SELECT, INSERT ON retention_tombstone TO himaya_worker;
GRANT SELECT, INSERT, DELETE ON retention_forecast TO himaya_worker;
ALTER TABLE retention_hold ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention_hold FORCE ROW LEVEL SECURITY;
ALTER TABLE retention_erasure ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention_erasure FORCE ROW LEVEL SECURITY;
ALTER TABLE retention_review ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention_review FORCE ROW LEVEL SECURITY;
ALTER TABLE retention_tombstone ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention_tombstone FORCE ROW LEVEL SECURITY;
ALTER TABLE retention_forecast ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention_forecast FORCE ROW LEVEL SECURITY;

-- Everything that hangs together: a report and its case, a case's referrals and lawsuits, and the names
-- of those suspected in an inquiry into it. A hold on one of them holds all. The functions run as the owner; the policies let it look, and only that.
CREATE POLICY roots ON cases_case FOR SELECT TO himaya_owner USING (true);
CREATE POLICY roots ON referrals_referral FOR SELECT TO himaya_owner USING (true);
CREATE POLICY roots ON justice_lawsuit FOR SELECT TO himaya_owner USING (true);
CREATE POLICY roots ON inquiries_member FOR SELECT TO himaya_owner USING (true);
CREATE POLICY roots ON inquiries_suspect FOR SELECT TO himaya_owner USING (true);
CREATE POLICY roots ON reporting_report FOR SELECT TO himaya_owner USING (true);
CREATE POLICY roots ON retention_hold FOR SELECT TO himaya_owner USING (true);
CREATE POLICY roots ON vault_sealed FOR SELECT TO himaya_owner USING (true);
CREATE OR REPLACE FUNCTION retention_roots(asked uuid) RETURNS uuid[]
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT asked || coalesce(array_agg(c.id) || array_agg(c.report_id), '{}')
  FROM cases_case c
  WHERE c.id = asked OR c.report_id = asked
     OR c.id IN (SELECT r.case_id FROM referrals_referral r WHERE r.id = asked)
     OR c.id IN (SELECT l.case_id FROM justice_lawsuit l WHERE l.id = asked)
     OR c.id IN (SELECT m.case_id FROM occasions_met m WHERE m.id = asked)
     OR c.id IN (SELECT m.case_id FROM inquiries_member m
                 JOIN inquiries_suspect s ON s.inquiry_id = m.inquiry_id WHERE s.id = asked)
$$;
CREATE OR REPLACE FUNCTION retention_holds(asked uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM retention_hold h
    WHERE h.lifted_at IS NULL AND (h.id = asked OR h.subject_id = ANY (retention_roots(asked))))
$$;
GRANT EXECUTE ON FUNCTION retention_roots(uuid), retention_holds(uuid) TO himaya_staff, himaya_worker;
-- Is this a case or a report of the actor's own desks? With the actor's own rights.
CREATE OR REPLACE FUNCTION retention_is_ours(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT cases_is_ours(asked) OR EXISTS (
    SELECT 1 FROM reporting_report r WHERE r.id = asked
      AND (r.desk_id = ANY (himaya_desks()) OR r.overtaken_by_id = ANY (himaya_desks())))
$$;
GRANT EXECUTE ON FUNCTION retention_is_ours(uuid) TO himaya_staff;

-- Who must place a hold on what they cannot see learns its id by the whole number, and no more.
CREATE OR REPLACE FUNCTION retention_find(asked text) RETURNS TABLE (subject text, id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH found AS (
    SELECT 'case' AS subject, c.id FROM cases_case c WHERE c.pseudonym = asked
    UNION ALL
    SELECT 'report', r.id FROM reporting_report r
    WHERE length(asked) >= 8 AND starts_with(upper(r.id::text), asked))
  SELECT * FROM found WHERE himaya_may('retention.hold') AND (SELECT count(*) FROM found) = 1
$$;
GRANT EXECUTE ON FUNCTION retention_find(text) TO himaya_staff;

-- Holds: the data protection officer places and confirms them; the desks concerned see that one
-- stands; who may agree to an end sees those that somebody asked to end. The words of the order are
-- sealed elsewhere.
CREATE POLICY concerned ON retention_hold FOR SELECT TO himaya_staff
  USING (himaya_may('retention.hold') OR retention_is_ours(subject_id)
         OR himaya_may('retention.release') AND EXISTS (
           SELECT 1 FROM accounts_twopersonact a
           WHERE a.act = 'retention.lift_hold' AND a.subject_id = retention_hold.id));
CREATE POLICY place ON retention_hold FOR INSERT TO himaya_staff
  WITH CHECK (himaya_may('retention.hold') AND lifted_at IS NULL);
CREATE POLICY go_on ON retention_hold FOR UPDATE TO himaya_staff
  USING (himaya_may('retention.hold'));
CREATE POLICY obey ON retention_hold FOR SELECT TO himaya_worker USING (true);
-- Nobody ends a hold alone, whatever their role: the act of two must have been used.
CREATE OR REPLACE FUNCTION retention_lift_by_two() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.lifted_at IS NOT NULL
     OR (NEW.id, NEW.of, NEW.subject_id) IS DISTINCT FROM (OLD.id, OLD.of, OLD.subject_id) THEN
    RAISE EXCEPTION 'a legal hold stays as it was' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.lifted_at IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM accounts_twopersonact a
    WHERE a.act = 'retention.lift_hold' AND a.subject_id = NEW.id AND a.confirmed
      AND a.used_at = NEW.lifted_at) THEN
    RAISE EXCEPTION 'a legal hold is ended by two' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER retention_lift_by_two BEFORE UPDATE OR DELETE ON retention_hold
  FOR EACH ROW EXECUTE FUNCTION retention_lift_by_two();

-- Erasure: ordered by an officer of the desk once a second person has allowed it; done by the worker.
CREATE POLICY concerned ON retention_erasure FOR SELECT TO himaya_staff
  USING (himaya_may('erasure.allow') OR retention_is_ours(subject_id));
CREATE POLICY order_it ON retention_erasure FOR INSERT TO himaya_staff
  WITH CHECK (himaya_may('erasure.ask') AND retention_is_ours(subject_id) AND done_at IS NULL);
CREATE POLICY obey ON retention_erasure FOR ALL TO himaya_worker USING (true);
CREATE OR REPLACE FUNCTION retention_erase_by_two() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM accounts_twopersonact a
    WHERE a.act = 'retention.erase' AND a.subject_id = NEW.subject_id AND a.confirmed
      AND a.used_at = NEW.ordered_at) THEN
    RAISE EXCEPTION 'what a person told is destroyed by two' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER retention_erase_by_two BEFORE INSERT ON retention_erasure
  FOR EACH ROW EXECUTE FUNCTION retention_erase_by_two();

CREATE POLICY look ON retention_review FOR SELECT TO himaya_staff USING (himaya_may('retention.hold'));
CREATE POLICY decide ON retention_review FOR INSERT TO himaya_staff
  WITH CHECK (himaya_may('retention.hold'));
CREATE POLICY obey ON retention_review FOR SELECT TO himaya_worker USING (true);

-- Tombstones stay. The desks concerned and the data protection officer read them.
CREATE POLICY concerned ON retention_tombstone FOR SELECT TO himaya_staff
  USING (himaya_may('retention.hold') OR retention_is_ours(subject_id));
CREATE POLICY remember ON retention_tombstone FOR ALL TO himaya_worker USING (true) WITH CHECK (true);
CREATE POLICY look ON retention_forecast FOR SELECT TO himaya_staff
  USING (himaya_may('retention.hold'));
CREATE POLICY foresee ON retention_forecast FOR ALL TO himaya_worker USING (true) WITH CHECK (true);

-- Shredding: the worker's, and only beside a tombstone. It marks the compartment, then its grants
-- go and its content is emptied; a report's number and messages go with its words.
GRANT UPDATE (shredded_at) ON vault_compartment TO himaya_worker;
GRANT DELETE ON vault_grant, reporting_receipt, reporting_message TO himaya_worker;
GRANT UPDATE (content) ON vault_sealed TO himaya_worker;
CREATE OR REPLACE FUNCTION retention_buried(sort text, asked uuid) RETURNS boolean
  LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM retention_tombstone t WHERE t.what = sort AND t.target_id = asked)
$$;
GRANT EXECUTE ON FUNCTION retention_buried(text, uuid) TO himaya_worker;
CREATE POLICY shred ON vault_compartment FOR UPDATE TO himaya_worker
  USING (retention_buried('compartment', id));
CREATE POLICY shred ON vault_grant FOR DELETE TO himaya_worker
  USING (retention_buried('compartment', compartment_id));
CREATE POLICY shred ON vault_sealed FOR UPDATE TO himaya_worker
  USING (retention_buried('compartment', compartment_id));
CREATE POLICY shred ON reporting_receipt FOR DELETE TO himaya_worker
  USING (retention_buried('conversation', report_id));
CREATE POLICY shred ON reporting_message FOR DELETE TO himaya_worker
  USING (retention_buried('conversation', report_id));

-- What no role of the database may do, the owner of the tables included: shred what a legal hold
-- stands on, wake what was shredded, seal anything to it.
CREATE OR REPLACE FUNCTION retention_keep() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  held uuid;
BEGIN
  IF TG_TABLE_NAME = 'vault_compartment' THEN
    IF OLD.shredded_at IS NOT NULL AND NEW.shredded_at IS DISTINCT FROM OLD.shredded_at THEN
      RAISE EXCEPTION 'what was shredded stays shredded' USING ERRCODE = 'check_violation';
    END IF;
    held := CASE WHEN NEW.shredded_at IS NOT NULL THEN NEW.subject_id END;
  ELSIF TG_TABLE_NAME = 'vault_sealed' THEN
    SELECT c.subject_id INTO held FROM vault_compartment c WHERE c.id = OLD.compartment_id;
  ELSE
    held := OLD.report_id;
  END IF;
  IF held IS NOT NULL AND retention_holds(held) THEN
    RAISE EXCEPTION 'a legal hold stands' USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE OR REPLACE TRIGGER retention_keep BEFORE UPDATE OF shredded_at ON vault_compartment
  FOR EACH ROW EXECUTE FUNCTION retention_keep();
CREATE OR REPLACE TRIGGER retention_keep BEFORE UPDATE OR DELETE ON vault_sealed
  FOR EACH ROW EXECUTE FUNCTION retention_keep();
CREATE OR REPLACE TRIGGER retention_keep BEFORE DELETE ON reporting_receipt
  FOR EACH ROW EXECUTE FUNCTION retention_keep();
CREATE OR REPLACE TRIGGER retention_keep BEFORE DELETE ON reporting_message
  FOR EACH ROW EXECUTE FUNCTION retention_keep();

-- Grants come and go with consent also under a hold. But whoever deletes them, by whatever way: at
-- the end of the transaction every epoch of a held compartment still has somebody who can open it.
-- A grant whose time is over opened nothing any more and may go.
CREATE OR REPLACE FUNCTION retention_keep_a_reader() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF (OLD.until IS NULL OR OLD.until > now())
     AND NOT EXISTS (SELECT 1 FROM vault_grant g WHERE g.epoch_id = OLD.epoch_id)
     AND retention_holds((SELECT c.subject_id FROM vault_compartment c WHERE c.id = OLD.compartment_id))
  THEN
    RAISE EXCEPTION 'a legal hold stands' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS retention_keep_a_reader ON vault_grant;
CREATE CONSTRAINT TRIGGER retention_keep_a_reader AFTER DELETE ON vault_grant
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION retention_keep_a_reader();

CREATE OR REPLACE FUNCTION retention_stay_gone() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM vault_compartment c
             WHERE c.id = NEW.compartment_id AND c.shredded_at IS NOT NULL) THEN
    RAISE EXCEPTION 'what was shredded stays shredded' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER retention_stay_gone BEFORE INSERT ON vault_grant
  FOR EACH ROW EXECUTE FUNCTION retention_stay_gone();
CREATE OR REPLACE TRIGGER retention_stay_gone BEFORE INSERT ON vault_sealed
  FOR EACH ROW EXECUTE FUNCTION retention_stay_gone();
