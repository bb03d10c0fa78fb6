-- The vault. Sealing is for everybody, with public keys; a private key is only ever here under seal.

-- The desks of whoever acts.
CREATE OR REPLACE FUNCTION himaya_desks() RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(string_to_array(nullif(current_setting('himaya.desks', true), ''), ',')::uuid[], '{}')
$$;
-- Whether personnel matters are among what the actor may do.
CREATE OR REPLACE FUNCTION vault_personnel() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT himaya_may('officer.suspend') OR himaya_may('officer.enrol')
$$;
-- The officers who sit at a desk and work, each with the public half of their key, if they have one.
CREATE OR REPLACE FUNCTION vault_members(asked uuid)
  RETURNS TABLE (officer_id uuid, username text, public_key text, mac bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.username, k.public_key, k.mac
  FROM accounts_membership m JOIN accounts_officer o ON o.id = m.officer_id AND o.is_active
  LEFT JOIN vault_memberkey k ON k.officer_id = o.id
  WHERE m.desk_id = asked ORDER BY o.username
$$;
-- May the actor seal this key of a desk to this officer? A colleague of the desk who holds it may,
-- to another who sits there.
CREATE OR REPLACE FUNCTION vault_may_admit(asked uuid, newcomer uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT newcomer <> himaya_actor() AND EXISTS (
    SELECT 1 FROM vault_deskepoch e
    JOIN vault_memberwrap mine ON mine.epoch_id = e.id AND mine.officer_id = himaya_actor()
    JOIN accounts_membership m ON m.desk_id = e.desk_id AND m.officer_id = newcomer
    WHERE e.id = asked AND e.desk_id = ANY (himaya_desks()))
$$;
-- Is this a key that waits for the registrar, of a desk where this officer, if one is named, sits?
CREATE OR REPLACE FUNCTION vault_proposed(asked uuid, member uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM vault_deskepoch e
    WHERE e.id = asked AND e.opened_at IS NULL AND e.closed_at IS NULL
      AND (member IS NULL OR EXISTS (
        SELECT 1 FROM accounts_membership m WHERE m.desk_id = e.desk_id AND m.officer_id = member)))
$$;
-- Is this officer being admitted again, by a colleague of a desk, as a second person has allowed?
-- True only between the use of that permission and the end of the readmission. key: the new one.
CREATE OR REPLACE FUNCTION vault_readmits(asked uuid, key text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT asked <> himaya_actor() AND EXISTS (
    SELECT 1 FROM vault_readmission r
    JOIN accounts_twopersonact t
      ON t.act = 'vault.readmit' AND t.subject_id = r.id AND t.confirmed AND t.used_at IS NOT NULL
    JOIN accounts_membership m ON m.officer_id = r.officer_id AND m.desk_id = ANY (himaya_desks())
    WHERE r.officer_id = asked AND r.done_at IS NULL AND (key IS NULL OR r.public_key = key))
$$;
-- Does the actor sit at a desk with this officer?
CREATE OR REPLACE FUNCTION vault_colleague(asked uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM accounts_membership m
                 WHERE m.officer_id = asked AND m.desk_id = ANY (himaya_desks()))
$$;
GRANT EXECUTE ON FUNCTION vault_personnel(), vault_members(uuid), vault_may_admit(uuid, uuid),
  vault_proposed(uuid, uuid), vault_readmits(uuid, text), vault_colleague(uuid) TO himaya_staff;
GRANT EXECUTE ON FUNCTION vault_members(uuid) TO himaya_worker;

-- Keys of desks. Public halves, so everybody inside may see them. Whoever sends a member away
-- proposes the desk's next key; only the worker, where it has the registrar's key, puts one in force.
GRANT SELECT ON vault_deskepoch TO himaya_staff, himaya_worker;
GRANT INSERT, UPDATE (closed_at) ON vault_deskepoch TO himaya_staff;
GRANT UPDATE (signature, opened_at, closed_at, resealed_at) ON vault_deskepoch TO himaya_worker;
ALTER TABLE vault_deskepoch ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_deskepoch FORCE ROW LEVEL SECURITY;
CREATE POLICY found ON vault_deskepoch FOR ALL TO himaya_owner USING (true) WITH CHECK (true);
CREATE POLICY seen ON vault_deskepoch FOR SELECT TO himaya_staff, himaya_worker USING (true);
CREATE POLICY propose ON vault_deskepoch FOR INSERT TO himaya_staff
  WITH CHECK (vault_personnel() AND opened_at IS NULL AND closed_at IS NULL);
CREATE POLICY close ON vault_deskepoch FOR UPDATE TO himaya_staff
  USING (vault_personnel()) WITH CHECK (vault_personnel() AND closed_at IS NOT NULL);
CREATE POLICY sign ON vault_deskepoch FOR UPDATE TO himaya_worker
  USING (closed_at IS NULL) WITH CHECK (opened_at IS NOT NULL AND resealed_at IS NULL);
CREATE POLICY resealed ON vault_deskepoch FOR UPDATE TO himaya_worker
  USING (closed_at IS NOT NULL) WITH CHECK (closed_at IS NOT NULL AND resealed_at IS NOT NULL);

-- Officers' own keys: theirs alone. They make the first one and change its passphrase.
GRANT SELECT ON vault_memberkey, vault_memberwrap TO himaya_staff, himaya_worker;
GRANT INSERT, UPDATE (salt, sealed) ON vault_memberkey TO himaya_staff;
ALTER TABLE vault_memberkey ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_memberwrap ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_memberkey FORCE ROW LEVEL SECURITY;
ALTER TABLE vault_memberwrap FORCE ROW LEVEL SECURITY;
CREATE POLICY enrol ON vault_memberkey FOR ALL TO himaya_owner USING (true) WITH CHECK (true);
CREATE POLICY own ON vault_memberkey FOR SELECT TO himaya_staff USING (officer_id = himaya_actor());
CREATE POLICY make ON vault_memberkey FOR INSERT TO himaya_staff WITH CHECK (officer_id = himaya_actor());
CREATE POLICY wrap_anew ON vault_memberkey FOR UPDATE TO himaya_staff
  USING (officer_id = himaya_actor()) WITH CHECK (officer_id = himaya_actor());
CREATE POLICY digest ON vault_memberkey FOR SELECT TO himaya_worker USING (true);
-- A lost passphrase: what two others have agreed to takes the old key away and puts the new one in.
GRANT DELETE ON vault_memberkey TO himaya_staff;
CREATE POLICY again_seen ON vault_memberkey FOR SELECT TO himaya_staff USING (vault_readmits(officer_id, NULL));
CREATE POLICY again_gone ON vault_memberkey FOR DELETE TO himaya_staff USING (vault_readmits(officer_id, NULL));
CREATE POLICY again_made ON vault_memberkey FOR INSERT TO himaya_staff
  WITH CHECK (vault_readmits(officer_id, public_key));
GRANT SELECT, INSERT, DELETE, UPDATE (done_at) ON vault_readmission TO himaya_staff;
GRANT SELECT ON vault_readmission TO himaya_worker;
ALTER TABLE vault_readmission ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_readmission FORCE ROW LEVEL SECURITY;
CREATE POLICY settle ON vault_readmission FOR SELECT TO himaya_owner USING (true);
CREATE POLICY digest ON vault_readmission FOR SELECT TO himaya_worker USING (true);
CREATE POLICY own ON vault_readmission FOR SELECT TO himaya_staff USING (officer_id = himaya_actor());
CREATE POLICY ask ON vault_readmission FOR INSERT TO himaya_staff
  WITH CHECK (officer_id = himaya_actor() AND done_at IS NULL);
CREATE POLICY ask_anew ON vault_readmission FOR DELETE TO himaya_staff
  USING (officer_id = himaya_actor() AND done_at IS NULL);
CREATE POLICY colleagues ON vault_readmission FOR SELECT TO himaya_staff USING (vault_colleague(officer_id));
CREATE POLICY second ON vault_readmission FOR SELECT TO himaya_staff USING (himaya_may('officer.approve'));
CREATE POLICY done ON vault_readmission FOR UPDATE TO himaya_staff
  USING (vault_readmits(officer_id, NULL)) WITH CHECK (done_at IS NOT NULL);

-- Desks' private keys, each sealed to one member. A colleague gives one on; whoever sends a member
-- away takes theirs, and seals the next key to those who remain.
GRANT INSERT, DELETE ON vault_memberwrap TO himaya_staff;
CREATE POLICY enrol ON vault_memberwrap FOR ALL TO himaya_owner USING (true) WITH CHECK (true);
CREATE POLICY own ON vault_memberwrap FOR SELECT TO himaya_staff USING (officer_id = himaya_actor());
CREATE POLICY colleagues ON vault_memberwrap FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM vault_deskepoch e WHERE e.id = epoch_id AND e.desk_id = ANY (himaya_desks())));
CREATE POLICY personnel ON vault_memberwrap FOR SELECT TO himaya_staff USING (vault_personnel());
CREATE POLICY admit ON vault_memberwrap FOR INSERT TO himaya_staff
  WITH CHECK (vault_may_admit(epoch_id, officer_id));
CREATE POLICY turn ON vault_memberwrap FOR INSERT TO himaya_staff
  WITH CHECK (vault_personnel() AND vault_proposed(epoch_id, officer_id));
CREATE POLICY take_away ON vault_memberwrap FOR DELETE TO himaya_staff
  USING (vault_personnel() AND officer_id <> himaya_actor());
CREATE POLICY again_seen ON vault_memberwrap FOR SELECT TO himaya_staff USING (vault_readmits(officer_id, NULL));
CREATE POLICY again_gone ON vault_memberwrap FOR DELETE TO himaya_staff USING (vault_readmits(officer_id, NULL));
CREATE POLICY digest ON vault_memberwrap FOR SELECT TO himaya_worker USING (true);

-- The recovery key is public; what is sealed to it opens with the shares of several bodies only.
-- Officers' sessions seal new desk epochs to it and read nothing back.
GRANT SELECT ON vault_recoverykey TO himaya_staff, himaya_worker;
ALTER TABLE vault_recoverykey ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_recoverykey FORCE ROW LEVEL SECURITY;
CREATE POLICY ceremony ON vault_recoverykey FOR ALL TO himaya_owner USING (true) WITH CHECK (true);
CREATE POLICY seen ON vault_recoverykey FOR SELECT TO himaya_staff, himaya_worker USING (true);
GRANT INSERT ON vault_recoverywrap TO himaya_staff;
GRANT SELECT ON vault_recoverywrap TO himaya_worker;
ALTER TABLE vault_recoverywrap ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_recoverywrap FORCE ROW LEVEL SECURITY;
CREATE POLICY recover ON vault_recoverywrap FOR ALL TO himaya_owner USING (true) WITH CHECK (true);
CREATE POLICY make ON vault_recoverywrap FOR INSERT TO himaya_staff
  WITH CHECK (vault_personnel() AND vault_proposed(epoch_id, NULL));
CREATE POLICY digest ON vault_recoverywrap FOR SELECT TO himaya_worker USING (true);
-- Which keys that the acting officer holds does the recovery key in force not open yet?
CREATE OR REPLACE FUNCTION vault_uncovered() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.epoch_id FROM vault_memberwrap m
  WHERE m.officer_id = himaya_actor() AND NOT EXISTS (
    SELECT 1 FROM vault_recoverywrap w JOIN vault_recoverykey k ON k.id = w.recovery_key_id
    WHERE w.epoch_id = m.epoch_id AND k.retired_at IS NULL)
$$;
GRANT EXECUTE ON FUNCTION vault_uncovered() TO himaya_staff;
CREATE POLICY cover ON vault_recoverywrap FOR INSERT TO himaya_staff
  WITH CHECK (epoch_id IN (SELECT vault_uncovered()));

-- An officer's key, sealed under what a passkey of theirs derives.
GRANT SELECT, INSERT, DELETE ON vault_passkeywrap TO himaya_staff;
GRANT SELECT ON vault_passkeywrap TO himaya_worker;
ALTER TABLE vault_passkeywrap ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_passkeywrap FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON vault_passkeywrap FOR ALL TO himaya_staff
  USING (officer_id = nullif(current_setting('himaya.actor', true), '')::uuid)
  WITH CHECK (officer_id = nullif(current_setting('himaya.actor', true), '')::uuid);
CREATE POLICY digest ON vault_passkeywrap FOR SELECT TO himaya_worker USING (true);

-- An officer's opened key, sealed under their cookie's secret: theirs alone.
GRANT SELECT, INSERT, DELETE ON vault_unlock TO himaya_staff;
ALTER TABLE vault_unlock ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_unlock FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON vault_unlock FOR ALL TO himaya_staff
  USING (officer_id = nullif(current_setting('himaya.actor', true), '')::uuid)
  WITH CHECK (officer_id = nullif(current_setting('himaya.actor', true), '')::uuid);

-- Whoever sends an officer away ends what they have unlocked.
CREATE POLICY take_away ON vault_unlock FOR SELECT TO himaya_staff
  USING (vault_personnel() AND officer_id <> himaya_actor());
CREATE POLICY take_away_now ON vault_unlock FOR DELETE TO himaya_staff
  USING (vault_personnel() AND officer_id <> himaya_actor());

CREATE POLICY again_seen ON vault_unlock FOR SELECT TO himaya_staff USING (vault_readmits(officer_id, NULL));
CREATE POLICY again_gone ON vault_unlock FOR DELETE TO himaya_staff USING (vault_readmits(officer_id, NULL));
CREATE POLICY again_seen ON vault_passkeywrap FOR SELECT TO himaya_staff USING (vault_readmits(officer_id, NULL));
CREATE POLICY again_gone ON vault_passkeywrap FOR DELETE TO himaya_staff USING (vault_readmits(officer_id, NULL));

-- Compartments. Everybody may make one; the desks it is granted to know of it.
-- Does one of the actor's desks hold an awake grant? Runs as the owner, so that the policies below
-- can ask it without asking themselves.
CREATE OR REPLACE FUNCTION vault_holds(asked uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM vault_grant g
    WHERE g.compartment_id = asked AND g.desk_id = ANY (himaya_desks())
      AND (g.until IS NULL OR g.until > now())
      AND (NOT g.dormant OR EXISTS (
        SELECT 1 FROM vault_escalation e
        WHERE e.compartment_id = g.compartment_id AND e.desk_id = g.desk_id
          AND (e.until IS NULL OR e.until > now()))))
$$;
GRANT EXECUTE ON FUNCTION himaya_desks() TO himaya_staff, himaya_worker, himaya_public;
GRANT EXECUTE ON FUNCTION vault_holds(uuid) TO himaya_staff;

GRANT INSERT ON vault_compartment, vault_compartmentepoch, vault_grant, vault_sealed TO himaya_public;
GRANT SELECT, INSERT, UPDATE ON vault_compartment TO himaya_staff;
GRANT SELECT, INSERT ON vault_compartmentepoch, vault_sealed TO himaya_staff;
GRANT SELECT, INSERT, DELETE ON vault_grant TO himaya_staff;
GRANT SELECT ON vault_compartment, vault_compartmentepoch, vault_grant, vault_sealed TO himaya_worker;
-- The worker ends grants whose time is over and lets compartments go on under new keys.
GRANT INSERT ON vault_compartmentepoch, vault_grant TO himaya_worker;
GRANT DELETE ON vault_grant TO himaya_worker;
GRANT UPDATE (made_at) ON vault_compartment TO himaya_worker;
GRANT SELECT, INSERT ON vault_escalation TO himaya_worker;
GRANT SELECT ON vault_escalation TO himaya_staff;

ALTER TABLE vault_compartment ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_compartmentepoch ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_sealed ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_grant ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_escalation ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_compartment FORCE ROW LEVEL SECURITY;
ALTER TABLE vault_compartmentepoch FORCE ROW LEVEL SECURITY;
ALTER TABLE vault_sealed FORCE ROW LEVEL SECURITY;
ALTER TABLE vault_grant FORCE ROW LEVEL SECURITY;
ALTER TABLE vault_escalation FORCE ROW LEVEL SECURITY;
-- Only so that vault_holds, which runs as the owner, can look.
CREATE POLICY holds ON vault_grant FOR SELECT TO himaya_owner USING (true);
CREATE POLICY holds ON vault_escalation FOR SELECT TO himaya_owner USING (true);

CREATE POLICY make ON vault_compartment FOR INSERT TO himaya_public, himaya_staff WITH CHECK (true);
CREATE POLICY make ON vault_compartmentepoch FOR INSERT
  TO himaya_public, himaya_staff, himaya_worker WITH CHECK (true);
CREATE POLICY make ON vault_grant FOR INSERT
  TO himaya_public, himaya_staff, himaya_worker WITH CHECK (true);
CREATE POLICY add ON vault_sealed FOR INSERT TO himaya_public, himaya_staff WITH CHECK (true);

CREATE POLICY holders ON vault_compartment FOR SELECT TO himaya_staff USING (vault_holds(id));
-- For locking it; only the worker shreds (retention/policies.sql).
CREATE POLICY hold_still ON vault_compartment FOR UPDATE TO himaya_staff
  USING (vault_holds(id)) WITH CHECK (shredded_at IS NULL);
CREATE POLICY holders ON vault_compartmentepoch FOR SELECT TO himaya_staff USING (vault_holds(compartment_id));
CREATE POLICY holders ON vault_sealed FOR SELECT TO himaya_staff USING (vault_holds(compartment_id));
-- The list of grants is the access control list: whoever holds one sees who else does, and may
-- take one away. A dormant grant is hidden from its own desk until that desk has taken over.
CREATE POLICY holders ON vault_grant FOR SELECT TO himaya_staff USING (vault_holds(compartment_id));
CREATE POLICY take_away ON vault_grant FOR DELETE TO himaya_staff USING (vault_holds(compartment_id));
CREATE POLICY holders ON vault_escalation FOR SELECT TO himaya_staff USING (desk_id = ANY (himaya_desks()));

-- The worker reads ciphertext to check digests, and wakes a dormant grant when a desk is silent.
CREATE POLICY digest ON vault_compartment FOR SELECT TO himaya_worker USING (true);
CREATE POLICY digest ON vault_compartmentepoch FOR SELECT TO himaya_worker USING (true);
CREATE POLICY digest ON vault_sealed FOR SELECT TO himaya_worker USING (true);
CREATE POLICY digest ON vault_grant FOR SELECT TO himaya_worker USING (true);
CREATE POLICY expire ON vault_grant FOR DELETE TO himaya_worker USING (until <= now());
CREATE POLICY hold_still_too ON vault_compartment FOR UPDATE TO himaya_worker USING (true) WITH CHECK (false);
CREATE POLICY overtake ON vault_escalation FOR ALL TO himaya_worker USING (true) WITH CHECK (true);

-- Blind tokens. Two tables that no role of a process reads or writes: functions that belong to the
-- role himaya_tokens do, for an officer whose desk holds what the tokens stand for. Whoever searches
-- asks cases_called (cases/policies.sql), which counts.
ALTER TABLE vault_blindtoken ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_blindtoken FORCE ROW LEVEL SECURITY;
ALTER TABLE vault_tokenuse ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_tokenuse FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, DELETE ON vault_blindtoken, vault_tokenuse TO himaya_tokens;
CREATE POLICY tokens ON vault_blindtoken FOR ALL TO himaya_tokens USING (true) WITH CHECK (true);
CREATE POLICY tokens ON vault_tokenuse FOR ALL TO himaya_tokens USING (true) WITH CHECK (true);
GRANT SELECT (id, subject_id, shredded_at) ON vault_compartment TO himaya_tokens;
CREATE POLICY tokens ON vault_compartment FOR SELECT TO himaya_tokens USING (true);
GRANT EXECUTE ON FUNCTION vault_holds(uuid), himaya_desks(), himaya_actor(), himaya_agency(), himaya_may(text)
  TO himaya_tokens;
CREATE OR REPLACE FUNCTION vault_keep_tokens(compartment uuid, domains text[], tokens bytea[])
  RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH kept AS (
    INSERT INTO vault_blindtoken (id, compartment_id, domain, token)
    SELECT gen_random_uuid(), compartment, said.domain, said.token
    FROM (SELECT DISTINCT d AS domain, t AS token FROM unnest(domains, tokens) AS each (d, t)) said
    WHERE vault_holds(compartment)
      AND EXISTS (SELECT 1 FROM vault_compartment c WHERE c.id = compartment AND c.shredded_at IS NULL)
      AND NOT EXISTS (SELECT 1 FROM vault_blindtoken b WHERE b.compartment_id = compartment
                        AND b.domain = said.domain AND b.token = said.token)
    RETURNING 1)
  SELECT count(*) FROM kept
$$;
-- What a shredded compartment held can no longer be searched for.
CREATE OR REPLACE FUNCTION vault_tokens_go() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM vault_blindtoken WHERE compartment_id = NEW.id;
  RETURN NULL;
END $$;
ALTER FUNCTION vault_keep_tokens(uuid, text[], bytea[]) OWNER TO himaya_tokens;
ALTER FUNCTION vault_tokens_go() OWNER TO himaya_tokens;
GRANT EXECUTE ON FUNCTION vault_keep_tokens(uuid, text[], bytea[]) TO himaya_staff;
CREATE OR REPLACE TRIGGER vault_tokens_go AFTER UPDATE OF shredded_at ON vault_compartment
  FOR EACH ROW WHEN (NEW.shredded_at IS NOT NULL) EXECUTE FUNCTION vault_tokens_go();
-- Which compartments hold what is like this: at most so many bits as each token is worth, fewer the
-- more compartments bear it, the best of each kind of thing, less where both say when somebody was
-- born and nothing of it agrees. but: compartments that do not count. 17 bits tell one of 131,072
-- people, and make a match. Only functions of himaya_tokens ask it.
CREATE OR REPLACE FUNCTION vault_alike(
    domains text[], asked bytea[], worths integer[], but uuid[])
  RETURNS TABLE (compartment_id uuid, bits real, agrees text[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH question AS MATERIALIZED (
    SELECT q.domain, q.token, least(q.worth, 20)::real AS worth, borne.number
    FROM unnest(domains, asked, worths) AS q (domain, token, worth)
    CROSS JOIN LATERAL (SELECT count(*) AS number FROM (
      SELECT 1 FROM vault_blindtoken b
      WHERE b.domain = q.domain AND b.token = q.token AND b.compartment_id <> ALL (but) LIMIT 2000) AS few
    ) borne
    WHERE borne.number > 0),
  telling AS (
    SELECT domain, token, least(worth, 17 - ln(number) / ln(2))::real AS bits, number FROM question),
  candidate AS (
    SELECT b.compartment_id FROM telling t
    JOIN vault_blindtoken b ON b.domain = t.domain AND b.token = t.token
    WHERE t.number <= 400 AND t.bits >= 5 AND b.compartment_id <> ALL (but)
    GROUP BY b.compartment_id ORDER BY sum(t.bits) DESC LIMIT 60),
  agreed AS (
    SELECT c.compartment_id, b.domain, max(t.bits) AS bits
    FROM candidate c JOIN vault_blindtoken b ON b.compartment_id = c.compartment_id
    JOIN telling t ON t.domain = b.domain AND t.token = b.token
    GROUP BY c.compartment_id, b.domain),
  weighed AS (
    SELECT a.compartment_id,
      sum(a.bits) - CASE
        WHEN 'birth' = ANY (domains) AND NOT bool_or(a.domain = 'birth') AND EXISTS (
          SELECT 1 FROM vault_blindtoken b
          WHERE b.compartment_id = a.compartment_id AND b.domain = 'birth') THEN 6 ELSE 0 END AS bits,
      array_agg(a.domain::text ORDER BY a.domain) AS agrees
    FROM agreed a GROUP BY a.compartment_id)
  SELECT w.compartment_id, w.bits::real, w.agrees FROM weighed w WHERE w.bits >= 17 ORDER BY w.bits DESC
$$;
ALTER FUNCTION vault_alike(text[], bytea[], integer[], uuid[]) OWNER TO himaya_tokens;
