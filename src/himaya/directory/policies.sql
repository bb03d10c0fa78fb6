-- Services are known to every officer. A directory keeper keeps them; the desk that receives
-- referrals to one says how many places are free and that what stands here is still right. Whoever
-- runs the installation brings files in and hands them out (the owner of the tables).
GRANT SELECT, INSERT, UPDATE ON directory_organization, directory_service, directory_location
  TO himaya_staff;
GRANT SELECT, INSERT, UPDATE, DELETE ON directory_language, directory_servicearea TO himaya_staff;
-- What tells where a place is can only be taken out here: when it is made confidential.
GRANT SELECT, UPDATE ON directory_serviceatlocation TO himaya_staff;
GRANT SELECT, DELETE ON directory_address, directory_accessibility, directory_contact,
  directory_phone, directory_schedule TO himaya_staff;
GRANT SELECT ON directory_taxonomyterm, directory_attribute, directory_requireddocument,
  directory_costoption TO himaya_staff;
GRANT SELECT ON directory_organization, directory_service, directory_location, directory_language,
  directory_servicearea, directory_taxonomyterm, directory_attribute, directory_requireddocument,
  directory_costoption, directory_serviceatlocation, directory_address, directory_accessibility,
  directory_contact, directory_phone, directory_schedule TO himaya_worker;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['organization', 'service', 'location', 'language', 'servicearea',
    'taxonomyterm', 'attribute', 'requireddocument', 'costoption', 'serviceatlocation', 'address',
    'accessibility', 'contact', 'phone', 'schedule']
  LOOP
    EXECUTE format('ALTER TABLE directory_%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE directory_%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY known ON directory_%I FOR SELECT TO himaya_staff'
      ' USING (himaya_actor() IS NOT NULL)', name);
    EXECUTE format('CREATE POLICY digest ON directory_%I FOR SELECT TO himaya_worker USING (true)', name);
    EXECUTE format('CREATE POLICY bring_in ON directory_%I FOR ALL TO himaya_owner USING (true) WITH CHECK (true)', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['organization', 'service', 'location', 'language', 'servicearea',
    'serviceatlocation', 'address', 'accessibility', 'contact', 'phone', 'schedule']
  LOOP
    EXECUTE format('CREATE POLICY keep ON directory_%I FOR ALL TO himaya_staff'
      ' USING (himaya_may(''directory.keep'')) WITH CHECK (himaya_may(''directory.keep''))', name);
  END LOOP;
END $$;
CREATE POLICY say ON directory_service FOR UPDATE TO himaya_staff
  USING (himaya_may('directory.confirm') AND desk_id = ANY (himaya_desks()))
  WITH CHECK (himaya_may('directory.confirm') AND desk_id = ANY (himaya_desks()));

-- A desk says how full a service is and that it is as described; it does not describe it.
CREATE OR REPLACE FUNCTION directory_desk_says() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  said constant text[] := ARRAY['free_places', 'free_said_at', 'free_said_by_id', 'assured_date',
                                'assurer_email', 'assured_by_id', 'changed_at', 'version'];
BEGIN
  IF current_user = 'himaya_staff' AND NOT himaya_may('directory.keep')
     AND to_jsonb(NEW) - said IS DISTINCT FROM to_jsonb(OLD) - said THEN
    RAISE EXCEPTION 'a desk does not describe a service' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER directory_desk_says BEFORE UPDATE ON directory_service
  FOR EACH ROW EXECUTE FUNCTION directory_desk_says();

-- Rosters: the desk's own people see who is on duty, its supervisor decides it.
GRANT SELECT, INSERT, UPDATE, DELETE ON directory_roster, directory_shift, directory_replacement
  TO himaya_staff;
GRANT SELECT ON directory_roster, directory_shift, directory_replacement TO himaya_worker;
ALTER TABLE directory_roster ENABLE ROW LEVEL SECURITY;
ALTER TABLE directory_roster FORCE ROW LEVEL SECURITY;
ALTER TABLE directory_shift ENABLE ROW LEVEL SECURITY;
ALTER TABLE directory_shift FORCE ROW LEVEL SECURITY;
ALTER TABLE directory_replacement ENABLE ROW LEVEL SECURITY;
ALTER TABLE directory_replacement FORCE ROW LEVEL SECURITY;
CREATE POLICY own_desk ON directory_roster FOR SELECT TO himaya_staff
  USING (desk_id = ANY (himaya_desks()));
CREATE POLICY own_desk ON directory_shift FOR SELECT TO himaya_staff
  USING (desk_id = ANY (himaya_desks()));
CREATE POLICY own_desk ON directory_replacement FOR SELECT TO himaya_staff
  USING (desk_id = ANY (himaya_desks()));
CREATE POLICY supervise ON directory_roster FOR ALL TO himaya_staff
  USING (himaya_may('access.supervise') AND desk_id = ANY (himaya_desks()))
  WITH CHECK (himaya_may('access.supervise') AND desk_id = ANY (himaya_desks()));
CREATE POLICY supervise ON directory_shift FOR ALL TO himaya_staff
  USING (himaya_may('access.supervise') AND desk_id = ANY (himaya_desks()))
  WITH CHECK (himaya_may('access.supervise') AND desk_id = ANY (himaya_desks()));
CREATE POLICY supervise ON directory_replacement FOR ALL TO himaya_staff
  USING (himaya_may('access.supervise') AND desk_id = ANY (himaya_desks())
         AND EXISTS (SELECT 1 FROM directory_shift s WHERE s.id = shift_id
                     AND s.desk_id = directory_replacement.desk_id))
  WITH CHECK (himaya_may('access.supervise') AND desk_id = ANY (himaya_desks())
         AND EXISTS (SELECT 1 FROM directory_shift s WHERE s.id = shift_id
                     AND s.desk_id = directory_replacement.desk_id));
CREATE POLICY reach ON directory_roster FOR SELECT TO himaya_worker, himaya_owner USING (true);
CREATE POLICY reach ON directory_shift FOR SELECT TO himaya_worker, himaya_owner USING (true);
CREATE POLICY reach ON directory_replacement FOR SELECT TO himaya_worker, himaya_owner USING (true);
-- Turns of one day and the night before it, with who takes them: nobody whom the desk has lost.
CREATE OR REPLACE FUNCTION directory_turns(asked uuid, local_on date)
  RETURNS TABLE (officer_id uuid, began_on date, minute smallint, minutes smallint)
  LANGUAGE sql STABLE AS $$
  SELECT m.officer_id, d.began_on, s.minute, s.minutes
  FROM directory_shift s
  CROSS JOIN LATERAL (VALUES (local_on), (local_on - 1)) AS d (began_on)
  LEFT JOIN directory_replacement r ON r.shift_id = s.id AND r."on" = d.began_on
  JOIN accounts_membership m ON m.desk_id = s.desk_id
    AND m.officer_id = CASE WHEN r.id IS NULL THEN s.officer_id ELSE r.officer_id END
  JOIN accounts_officer o ON o.id = m.officer_id AND o.is_active
  WHERE s.desk_id = asked AND s.first_on <= d.began_on
    AND (s.last_on IS NULL OR s.last_on >= d.began_on)
    AND extract(isodow FROM s.first_on) = extract(isodow FROM d.began_on)
$$;
GRANT EXECUTE ON FUNCTION directory_turns(uuid, date) TO himaya_staff, himaya_worker;
-- Whoever sends something to another desk learns which class of office is there, and no name.
CREATE OR REPLACE FUNCTION directory_classes_on_duty(asked uuid, local_on date, local_minute int)
  RETURNS TABLE (kept boolean, office text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT true, (SELECT o.roles[1] FROM accounts_officer o WHERE o.id = t.officer_id)
  FROM directory_roster k
  LEFT JOIN directory_turns(asked, local_on) t
    ON local_minute - (t.began_on - local_on) * 1440 >= t.minute
    AND local_minute - (t.began_on - local_on) * 1440 < t.minute + t.minutes
  WHERE k.desk_id = asked
$$;
GRANT EXECUTE ON FUNCTION directory_classes_on_duty(uuid, date, int) TO himaya_staff, himaya_worker;
