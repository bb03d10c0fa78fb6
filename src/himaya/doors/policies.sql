-- Doors. Every door puts a report in as the reporters' site does, and reads nothing back. Each role
-- may say of a report only that it came by the doors which that role opens.

-- Partners and gateways: the process of the reporters' site.
CREATE POLICY by_gateway ON reporting_report FOR INSERT TO himaya_public
  WITH CHECK (channel IN ('sms', 'partner') AND state = 'received' AND overtaken_by_id IS NULL AND alike_id IS NULL
              AND version = 1);

-- The mailbox: the worker, which seals what came and cannot open it again.
GRANT INSERT ON reporting_report, reporting_receipt, reporting_likeness, vault_compartment, vault_sealed
  TO himaya_worker;
GRANT EXECUTE ON FUNCTION reporting_desk_keys() TO himaya_worker, himaya_staff;
CREATE POLICY by_mail ON reporting_report FOR INSERT TO himaya_worker
  WITH CHECK (channel = 'email' AND state = 'received' AND overtaken_by_id IS NULL AND alike_id IS NULL
              AND version = 1);
CREATE POLICY by_mail ON reporting_receipt FOR INSERT TO himaya_worker WITH CHECK (true);
CREATE POLICY by_mail ON reporting_likeness FOR INSERT TO himaya_worker WITH CHECK (compared_at IS NULL);
CREATE POLICY by_mail ON vault_compartment FOR INSERT TO himaya_worker WITH CHECK (true);
CREATE POLICY by_mail ON vault_sealed FOR INSERT TO himaya_worker WITH CHECK (true);

-- In person and on paper: an officer who may, for whatever desk it belongs to.
GRANT INSERT ON reporting_report, reporting_receipt TO himaya_staff;
CREATE POLICY by_hand ON reporting_report FOR INSERT TO himaya_staff
  WITH CHECK (channel = 'walk_in' AND himaya_may('report.enter') AND state = 'received'
              AND overtaken_by_id IS NULL AND alike_id IS NULL
              AND version = 1);
CREATE POLICY by_hand ON reporting_receipt FOR INSERT TO himaya_staff WITH CHECK (himaya_may('report.enter'));
CREATE POLICY by_hand ON reporting_likeness FOR INSERT TO himaya_staff
  WITH CHECK (himaya_may('report.enter') AND compared_at IS NULL);

-- Partners and their keys: kept by whoever runs the installation; the worker checks digests of rows.
ALTER TABLE doors_partner ENABLE ROW LEVEL SECURITY;
ALTER TABLE doors_partner FORCE ROW LEVEL SECURITY;
ALTER TABLE doors_partnerkey ENABLE ROW LEVEL SECURITY;
ALTER TABLE doors_partnerkey FORCE ROW LEVEL SECURITY;
CREATE POLICY keep ON doors_partner FOR ALL TO himaya_owner USING (true) WITH CHECK (true);
CREATE POLICY keep ON doors_partnerkey FOR ALL TO himaya_owner USING (true) WITH CHECK (true);
GRANT SELECT ON doors_partner, doors_partnerkey TO himaya_worker;
CREATE POLICY digest ON doors_partner FOR SELECT TO himaya_worker USING (true);
CREATE POLICY digest ON doors_partnerkey FOR SELECT TO himaya_worker USING (true);

-- Whose key this is, while it is in force; for a site that may read no table.
CREATE OR REPLACE FUNCTION doors_partner_of(shown bytea) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.partner_id FROM doors_partnerkey k
  WHERE k.digest = shown AND k.revoked_at IS NULL AND k.expires_at > now()
$$;
GRANT EXECUTE ON FUNCTION doors_partner_of(bytea) TO himaya_public;

-- Requests that were seen: the site puts one in, or learns that it was there; the worker forgets.
ALTER TABLE doors_seen ENABLE ROW LEVEL SECURITY;
ALTER TABLE doors_seen FORCE ROW LEVEL SECURITY;
GRANT INSERT ON doors_seen TO himaya_public;
GRANT SELECT, DELETE ON doors_seen TO himaya_worker;
CREATE POLICY see ON doors_seen FOR INSERT TO himaya_public WITH CHECK (until > now());
CREATE POLICY find ON doors_seen FOR SELECT TO himaya_worker USING (true);
CREATE POLICY forget ON doors_seen FOR DELETE TO himaya_worker USING (until <= now());
