-- Devices: an officer's own; those of an agency for whoever supervises there. One that was revoked
-- brings nothing, whatever the program says.
GRANT SELECT, INSERT, UPDATE (synced_at, revoked_at, ended) ON fieldwork_device TO himaya_staff;
GRANT SELECT, INSERT, UPDATE (state, settled_at, case_id, reason, version) ON fieldwork_card TO himaya_staff;
ALTER TABLE fieldwork_device ENABLE ROW LEVEL SECURITY;
ALTER TABLE fieldwork_device FORCE ROW LEVEL SECURITY;
ALTER TABLE fieldwork_card ENABLE ROW LEVEL SECURITY;
ALTER TABLE fieldwork_card FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON fieldwork_device FOR SELECT TO himaya_staff USING (officer_id = himaya_actor());
CREATE POLICY supervised ON fieldwork_device FOR SELECT TO himaya_staff
  USING (agency_id = himaya_agency() AND himaya_may('access.supervise'));
CREATE POLICY register ON fieldwork_device FOR INSERT TO himaya_staff
  WITH CHECK (himaya_may('card.use') AND officer_id = himaya_actor() AND agency_id = himaya_agency()
              AND revoked_at IS NULL);
CREATE POLICY use ON fieldwork_device FOR UPDATE TO himaya_staff
  USING (himaya_may('card.use') AND officer_id = himaya_actor() AND revoked_at IS NULL)
  WITH CHECK (officer_id = himaya_actor() AND ended IN ('', 'officer'));
CREATE POLICY take_away ON fieldwork_device FOR UPDATE TO himaya_staff
  USING (himaya_may('access.supervise') AND agency_id = himaya_agency() AND revoked_at IS NULL)
  WITH CHECK (agency_id = himaya_agency() AND revoked_at IS NOT NULL AND ended = 'supervisor');

-- Which of these random numbers stand already for a case, or for anything else under seal: a device
-- draws the numbers of its records, and none may end up in the file of something else.
CREATE OR REPLACE FUNCTION fieldwork_of_something_else(asked uuid[]) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.subject_id FROM vault_compartment k
  WHERE k.subject_id = ANY (asked) AND himaya_may('card.use')
    AND NOT EXISTS (SELECT 1 FROM fieldwork_card c WHERE c.id = k.subject_id)
$$;
ALTER FUNCTION fieldwork_of_something_else(uuid[]) OWNER TO himaya_tokens;
GRANT EXECUTE ON FUNCTION fieldwork_of_something_else(uuid[]) TO himaya_staff;
GRANT SELECT (id) ON fieldwork_card TO himaya_tokens;
CREATE POLICY tokens ON fieldwork_card FOR SELECT TO himaya_tokens USING (true);

-- Records: put in by an officer whose device is in use, read as codes by them and by the desk that
-- received them, and settled once, by that desk.
CREATE POLICY bring ON fieldwork_card FOR INSERT TO himaya_staff
  WITH CHECK (himaya_may('card.use') AND state = 'arrived' AND version = 1
              AND NOT EXISTS (SELECT fieldwork_of_something_else(ARRAY[id]))
              AND EXISTS (SELECT 1 FROM fieldwork_device d WHERE d.id = device_id
                          AND d.officer_id = himaya_actor() AND d.revoked_at IS NULL)
              AND EXISTS (SELECT 1 FROM agencies_desk k WHERE k.id = desk_id
                          AND k.kind = 'IDENTIFICATION'));
CREATE POLICY within_desks ON fieldwork_card FOR SELECT TO himaya_staff
  USING (desk_id = ANY (himaya_desks()) AND himaya_may('person.screen'));
CREATE POLICY brought ON fieldwork_card FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM fieldwork_device d
                 WHERE d.id = device_id AND d.officer_id = himaya_actor()));
-- Which of these random numbers are records already: so that one that another device brought before,
-- and whose answer was lost, comes once. Tells nothing of a record.
CREATE POLICY known ON fieldwork_card FOR SELECT TO himaya_owner USING (true);
CREATE OR REPLACE FUNCTION fieldwork_arrived(asked uuid[]) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id FROM fieldwork_card c WHERE c.id = ANY (asked) AND himaya_may('card.use')
$$;
GRANT EXECUTE ON FUNCTION fieldwork_arrived(uuid[]) TO himaya_staff;
CREATE POLICY settle ON fieldwork_card FOR UPDATE TO himaya_staff
  USING (desk_id = ANY (himaya_desks()) AND himaya_may('person.screen') AND state = 'arrived')
  WITH CHECK (desk_id = ANY (himaya_desks()) AND state IN ('taken', 'aside'));

-- A desk that received a record opens a case from it: it identifies the person, another leads.
CREATE POLICY open_from_card ON cases_case FOR INSERT TO himaya_staff
  WITH CHECK (report_id IS NULL AND channel = 'field_card' AND himaya_may('person.screen')
              AND identification_desk_id = ANY (himaya_desks())
              AND EXISTS (SELECT 1 FROM fieldwork_card c
                          WHERE c.desk_id = identification_desk_id AND c.state = 'arrived'));

-- The worker checks digests, asks whose time is over, and revokes devices of whoever left.
GRANT SELECT ON fieldwork_device, fieldwork_card TO himaya_worker;
GRANT UPDATE (revoked_at, ended) ON fieldwork_device TO himaya_worker;
CREATE POLICY digest ON fieldwork_device FOR SELECT TO himaya_worker USING (true);
CREATE POLICY digest ON fieldwork_card FOR SELECT TO himaya_worker USING (true);
CREATE POLICY leavers ON fieldwork_device FOR UPDATE TO himaya_worker
  USING (revoked_at IS NULL) WITH CHECK (revoked_at IS NOT NULL AND ended = 'left');
