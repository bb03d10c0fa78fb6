-- Decisions: the desk that weighs one. The desks of the case see that it is being made and what came
-- of it, and nothing of who found what.
GRANT SELECT, INSERT ON decisions_decision, decisions_opinion, decisions_finding, decisions_evidence,
  decisions_told TO himaya_staff;
GRANT UPDATE (state, outcome, given, ended_at) ON decisions_decision TO himaya_staff;
GRANT SELECT ON decisions_decision, decisions_opinion, decisions_finding, decisions_evidence,
  decisions_told TO himaya_worker;
ALTER TABLE decisions_decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE decisions_decision FORCE ROW LEVEL SECURITY;
ALTER TABLE decisions_opinion ENABLE ROW LEVEL SECURITY;
ALTER TABLE decisions_opinion FORCE ROW LEVEL SECURITY;
ALTER TABLE decisions_finding ENABLE ROW LEVEL SECURITY;
ALTER TABLE decisions_finding FORCE ROW LEVEL SECURITY;
ALTER TABLE decisions_evidence ENABLE ROW LEVEL SECURITY;
ALTER TABLE decisions_evidence FORCE ROW LEVEL SECURITY;
ALTER TABLE decisions_told ENABLE ROW LEVEL SECURITY;
ALTER TABLE decisions_told FORCE ROW LEVEL SECURITY;

CREATE POLICY within_desks ON decisions_decision FOR SELECT TO himaya_staff
  USING (desk_id = ANY (himaya_desks()));
CREATE POLICY with_case ON decisions_decision FOR SELECT TO himaya_staff USING (cases_is_ours(case_id));
-- A desk puts a question only about a case whose track it sees: its own, or one referred to it.
CREATE POLICY put ON decisions_decision FOR INSERT TO himaya_staff
  WITH CHECK (desk_id = ANY (himaya_desks()) AND state = 'open' AND given = 0
              AND EXISTS (SELECT 1 FROM cases_trackstate t WHERE t.case_id = decisions_decision.case_id));
CREATE POLICY weigh ON decisions_decision FOR UPDATE TO himaya_staff
  USING (desk_id = ANY (himaya_desks())) WITH CHECK (desk_id = ANY (himaya_desks()));
-- What a desk weighed that has handed the case on since must not keep the next one from weighing it.
CREATE POLICY leave ON decisions_decision FOR UPDATE TO himaya_staff
  USING (state = 'open' AND cases_is_ours(case_id)) WITH CHECK (state = 'dropped');

-- Has the actor written a view of their own? Runs as the owner, so that the policy below can ask it
-- without asking itself.
CREATE OR REPLACE FUNCTION decisions_weighed_by_me(asked uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM decisions_opinion o
                 WHERE o.decision_id = asked AND o.officer_id = himaya_actor())
$$;
GRANT EXECUTE ON FUNCTION decisions_weighed_by_me(uuid) TO himaya_staff;
CREATE POLICY looks ON decisions_opinion FOR SELECT TO himaya_owner USING (true);
CREATE POLICY looks ON decisions_decision FOR SELECT TO himaya_owner USING (true);
CREATE POLICY looks ON cases_move FOR SELECT TO himaya_owner USING (true);
-- Each officer's own view is theirs. Another's is blank until they have written one, or it is decided.
CREATE POLICY own ON decisions_opinion FOR SELECT TO himaya_staff USING (officer_id = himaya_actor());
CREATE POLICY not_blind ON decisions_opinion FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM decisions_decision d
                 WHERE d.id = decision_id AND d.desk_id = ANY (himaya_desks())
                   AND (d.state = 'made' OR decisions_weighed_by_me(d.id))));
CREATE POLICY give ON decisions_opinion FOR INSERT TO himaya_staff
  WITH CHECK (officer_id = himaya_actor()
              AND EXISTS (SELECT 1 FROM decisions_decision d
                          WHERE d.id = decision_id AND d.state = 'open'
                            AND d.desk_id = ANY (himaya_desks())));
CREATE POLICY with_opinion ON decisions_finding FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM decisions_opinion o WHERE o.id = opinion_id));
CREATE POLICY give ON decisions_finding FOR INSERT TO himaya_staff
  WITH CHECK (EXISTS (SELECT 1 FROM decisions_opinion o
                      WHERE o.id = opinion_id AND o.officer_id = himaya_actor()));
CREATE POLICY with_finding ON decisions_evidence FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM decisions_finding f WHERE f.id = finding_id));
CREATE POLICY give ON decisions_evidence FOR INSERT TO himaya_staff
  WITH CHECK (EXISTS (SELECT 1 FROM decisions_finding f JOIN decisions_opinion o ON o.id = f.opinion_id
                      WHERE f.id = finding_id AND o.officer_id = himaya_actor()));

-- Who told the person, and how: for the desks of the case, in the teller's own name.
CREATE POLICY with_case ON decisions_told FOR SELECT TO himaya_staff USING (cases_is_ours(case_id));
CREATE POLICY tell ON decisions_told FOR INSERT TO himaya_staff
  WITH CHECK (told_by_id = himaya_actor() AND cases_is_ours(case_id)
              AND EXISTS (SELECT 1 FROM cases_move m
                          WHERE m.id = move_id AND m.case_id = decisions_told.case_id
                            AND m.decides <> ''));

-- A no is looked at again by somebody who has decided nothing before on the person's case, also where
-- the program forgets to ask. Of two acts of one officer at once the second waits for the first, and
-- then sees it; a case counts with those that it took over.
CREATE OR REPLACE FUNCTION decisions_decided_before(asked uuid, who uuid, beside uuid) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  root uuid;
BEGIN
  SELECT coalesce(c.merged_into_id, c.id) INTO root FROM cases_case c WHERE c.id = asked;
  PERFORM pg_advisory_xact_lock(hashtextextended(root::text, 40));
  RETURN EXISTS (
      SELECT 1 FROM cases_move m JOIN cases_case c ON c.id = m.case_id
      WHERE (c.id = root OR c.merged_into_id = root) AND m.officer = who
        AND (m.decides <> '' OR m.step IN ('presume', 'do_not_presume')))
    OR EXISTS (
      SELECT 1 FROM decisions_opinion o
      JOIN decisions_decision d ON d.id = o.decision_id AND d.id IS DISTINCT FROM beside
      JOIN cases_case c ON c.id = d.case_id
      WHERE (c.id = root OR c.merged_into_id = root) AND o.officer_id = who);
END $$;
GRANT EXECUTE ON FUNCTION decisions_decided_before(uuid, uuid, uuid) TO himaya_staff, himaya_worker;
CREATE OR REPLACE FUNCTION decisions_weigh_anew() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  asked decisions_decision;
  before boolean;
BEGIN
  SELECT * INTO asked FROM decisions_decision d WHERE d.id = NEW.decision_id;
  before := decisions_decided_before(asked.case_id, NEW.officer_id, asked.id);
  IF before AND asked.again THEN
    RAISE EXCEPTION 'whoever has decided does not look at it again'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'decisions_again_by_somebody_else';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER decisions_weigh_anew BEFORE INSERT ON decisions_opinion
  FOR EACH ROW EXECUTE FUNCTION decisions_weigh_anew();
-- The step of a merged case may lie on the track of the case that was taken over, and the decision
-- that ends with it in the other: both are looked for.
CREATE OR REPLACE FUNCTION decisions_decide_anew() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  own uuid;
  before boolean;
BEGIN
  IF NEW.decides = '' THEN
    RETURN NEW;
  END IF;
  SELECT d.id INTO own FROM decisions_decision d
    JOIN cases_case c ON c.id = d.case_id
    JOIN cases_case moved ON moved.id = NEW.case_id
    WHERE coalesce(c.merged_into_id, c.id) = coalesce(moved.merged_into_id, moved.id)
      AND d.state = 'open' AND d.again
    ORDER BY d.opened_at DESC LIMIT 1;
  before := decisions_decided_before(NEW.case_id, NEW.officer, own);
  IF before AND NEW.decides = 'again' THEN
    RAISE EXCEPTION 'whoever has decided does not look at it again'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'decisions_again_by_somebody_else';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER decisions_decide_anew BEFORE INSERT ON cases_move
  FOR EACH ROW EXECUTE FUNCTION decisions_decide_anew();

-- What was weighed stands: a decision is made once, with the outcome that as many officers as it needs
-- came to in their last views.
CREATE OR REPLACE FUNCTION decisions_made_by_enough() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  agreed integer;
BEGIN
  IF OLD.state <> 'open' THEN
    RAISE EXCEPTION 'what was decided stands' USING ERRCODE = 'check_violation';
  END IF;
  SELECT count(*) INTO agreed FROM (
    SELECT DISTINCT ON (o.officer_id) o.outcome FROM decisions_opinion o
    WHERE o.decision_id = NEW.id ORDER BY o.officer_id, o.number DESC) last
  WHERE last.outcome = NEW.outcome;
  IF NEW.state = 'made' AND agreed < NEW.persons THEN
    RAISE EXCEPTION 'a decision is made when enough officers have come to it'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER decisions_made_by_enough BEFORE UPDATE ON decisions_decision
  FOR EACH ROW EXECUTE FUNCTION decisions_made_by_enough();

CREATE POLICY digest ON decisions_decision FOR SELECT TO himaya_worker USING (true);
CREATE POLICY digest ON decisions_opinion FOR SELECT TO himaya_worker USING (true);
CREATE POLICY digest ON decisions_finding FOR SELECT TO himaya_worker USING (true);
CREATE POLICY digest ON decisions_evidence FOR SELECT TO himaya_worker USING (true);
CREATE POLICY digest ON decisions_told FOR SELECT TO himaya_worker USING (true);
