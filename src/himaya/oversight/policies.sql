-- The committee's record is public administration: whoever reads the figures or keeps the record
-- reads it; only who keeps the record adds to it. Nothing is changed afterwards but one thing: an
-- action is marked as done. Nobody removes anything. No other role comes here.
GRANT SELECT, INSERT
  ON oversight_meeting, oversight_agendaitem, oversight_decision, oversight_action TO himaya_staff;
GRANT UPDATE (done_at) ON oversight_action TO himaya_staff;

ALTER TABLE oversight_meeting ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_meeting FORCE ROW LEVEL SECURITY;
CREATE POLICY read_by_permission ON oversight_meeting FOR SELECT TO himaya_staff
  USING ((SELECT string_to_array(current_setting('himaya.permissions', true), ',')
          && ARRAY['figures.read', 'meeting.record']));
CREATE POLICY recorded_by_permission ON oversight_meeting FOR INSERT TO himaya_staff
  WITH CHECK ('meeting.record' = ANY (string_to_array(current_setting('himaya.permissions', true), ',')));

ALTER TABLE oversight_agendaitem ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_agendaitem FORCE ROW LEVEL SECURITY;
CREATE POLICY read_by_permission ON oversight_agendaitem FOR SELECT TO himaya_staff
  USING ((SELECT string_to_array(current_setting('himaya.permissions', true), ',')
          && ARRAY['figures.read', 'meeting.record']));
CREATE POLICY recorded_by_permission ON oversight_agendaitem FOR INSERT TO himaya_staff
  WITH CHECK ('meeting.record' = ANY (string_to_array(current_setting('himaya.permissions', true), ',')));

ALTER TABLE oversight_decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_decision FORCE ROW LEVEL SECURITY;
CREATE POLICY read_by_permission ON oversight_decision FOR SELECT TO himaya_staff
  USING ((SELECT string_to_array(current_setting('himaya.permissions', true), ',')
          && ARRAY['figures.read', 'meeting.record']));
CREATE POLICY recorded_by_permission ON oversight_decision FOR INSERT TO himaya_staff
  WITH CHECK ('meeting.record' = ANY (string_to_array(current_setting('himaya.permissions', true), ',')));

ALTER TABLE oversight_action ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_action FORCE ROW LEVEL SECURITY;
CREATE POLICY read_by_permission ON oversight_action FOR SELECT TO himaya_staff
  USING ((SELECT string_to_array(current_setting('himaya.permissions', true), ',')
          && ARRAY['figures.read', 'meeting.record']));
CREATE POLICY recorded_by_permission ON oversight_action FOR INSERT TO himaya_staff
  WITH CHECK ('meeting.record' = ANY (string_to_array(current_setting('himaya.permissions', true), ',')));
CREATE POLICY finished_by_permission ON oversight_action FOR UPDATE TO himaya_staff
  USING ('meeting.record' = ANY (string_to_array(current_setting('himaya.permissions', true), ',')));

-- The worker compares meetings, decisions and actions with what the ledger says of them.
GRANT SELECT ON oversight_meeting, oversight_agendaitem, oversight_decision, oversight_action
  TO himaya_worker;
CREATE POLICY compared ON oversight_meeting FOR SELECT TO himaya_worker USING (true);
CREATE POLICY compared ON oversight_agendaitem FOR SELECT TO himaya_worker USING (true);
CREATE POLICY compared ON oversight_decision FOR SELECT TO himaya_worker USING (true);
CREATE POLICY compared ON oversight_action FOR SELECT TO himaya_worker USING (true);
