-- The vault. Sealing is for everybody, with public keys; a private key is only ever here under seal.

-- Desk keys, member wraps and member keys: officers read them; the owner makes them at enrolment.
GRANT SELECT ON vault_deskepoch TO himaya_staff, himaya_worker;
GRANT SELECT ON vault_memberkey, vault_memberwrap TO himaya_staff, himaya_worker;
ALTER TABLE vault_memberkey ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_memberwrap ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_memberkey FORCE ROW LEVEL SECURITY;
ALTER TABLE vault_memberwrap FORCE ROW LEVEL SECURITY;
CREATE POLICY enrol ON vault_memberkey FOR ALL TO himaya_owner USING (true) WITH CHECK (true);
CREATE POLICY enrol ON vault_memberwrap FOR ALL TO himaya_owner USING (true) WITH CHECK (true);
CREATE POLICY own ON vault_memberkey FOR SELECT TO himaya_staff
  USING (officer_id = nullif(current_setting('himaya.actor', true), '')::uuid);
CREATE POLICY own ON vault_memberwrap FOR SELECT TO himaya_staff
  USING (officer_id = nullif(current_setting('himaya.actor', true), '')::uuid);
CREATE POLICY digest ON vault_memberkey FOR SELECT TO himaya_worker USING (true);
CREATE POLICY digest ON vault_memberwrap FOR SELECT TO himaya_worker USING (true);

-- The recovery key is public; what is sealed to it opens with the shares of several bodies only.
-- Officers' sessions seal new desk epochs to it and read nothing back.
GRANT SELECT ON vault_recoverykey TO himaya_staff, himaya_worker;
GRANT INSERT ON vault_recoverywrap TO himaya_staff;
GRANT SELECT ON vault_recoverywrap TO himaya_worker;
ALTER TABLE vault_recoverywrap ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_recoverywrap FORCE ROW LEVEL SECURITY;
CREATE POLICY recover ON vault_recoverywrap FOR ALL TO himaya_owner USING (true) WITH CHECK (true);
CREATE POLICY make ON vault_recoverywrap FOR INSERT TO himaya_staff WITH CHECK (true);
CREATE POLICY digest ON vault_recoverywrap FOR SELECT TO himaya_worker USING (true);

-- An officer's opened key, sealed under their cookie's secret: theirs alone.
GRANT SELECT, INSERT, DELETE ON vault_unlock TO himaya_staff;
ALTER TABLE vault_unlock ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_unlock FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON vault_unlock FOR ALL TO himaya_staff
  USING (officer_id = nullif(current_setting('himaya.actor', true), '')::uuid)
  WITH CHECK (officer_id = nullif(current_setting('himaya.actor', true), '')::uuid);

-- Compartments. Everybody may make one; the desks it is granted to know of it.
CREATE OR REPLACE FUNCTION himaya_desks() RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(string_to_array(nullif(current_setting('himaya.desks', true), ''), ',')::uuid[], '{}')
$$;
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
        WHERE e.compartment_id = g.compartment_id AND e.desk_id = g.desk_id)))
$$;
GRANT EXECUTE ON FUNCTION himaya_desks() TO himaya_staff, himaya_worker, himaya_public;
GRANT EXECUTE ON FUNCTION vault_holds(uuid) TO himaya_staff;

GRANT INSERT ON vault_compartment, vault_compartmentepoch, vault_grant, vault_sealed TO himaya_public;
GRANT SELECT, INSERT, UPDATE ON vault_compartment TO himaya_staff;
GRANT SELECT, INSERT ON vault_compartmentepoch, vault_sealed TO himaya_staff;
GRANT SELECT, INSERT, DELETE ON vault_grant TO himaya_staff;
GRANT SELECT ON vault_compartment, vault_compartmentepoch, vault_grant, vault_sealed TO himaya_worker;
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
CREATE POLICY make ON vault_compartmentepoch FOR INSERT TO himaya_public, himaya_staff WITH CHECK (true);
CREATE POLICY make ON vault_grant FOR INSERT TO himaya_public, himaya_staff WITH CHECK (true);
CREATE POLICY add ON vault_sealed FOR INSERT TO himaya_public, himaya_staff WITH CHECK (true);

CREATE POLICY holders ON vault_compartment FOR SELECT TO himaya_staff USING (vault_holds(id));
CREATE POLICY hold_still ON vault_compartment FOR UPDATE TO himaya_staff USING (vault_holds(id));
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
CREATE POLICY overtake ON vault_escalation FOR ALL TO himaya_worker USING (true) WITH CHECK (true);
