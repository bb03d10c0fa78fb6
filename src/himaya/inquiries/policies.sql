-- Inquiries: the desk that leads one, and nobody else. The desk that leads a case sees that its case
-- is in one, since when; no suspect, and no other case.
GRANT SELECT, INSERT ON inquiries_inquiry, inquiries_member, inquiries_suspect, inquiries_part TO himaya_staff;
GRANT UPDATE (members, suspects, closed_at) ON inquiries_inquiry TO himaya_staff;
GRANT UPDATE (heard_at, removed_at) ON inquiries_member TO himaya_staff;
GRANT UPDATE (sex, citizenship, standing, version) ON inquiries_suspect TO himaya_staff;
GRANT UPDATE (ended_at) ON inquiries_part TO himaya_staff;
GRANT SELECT ON inquiries_inquiry, inquiries_member, inquiries_suspect, inquiries_part TO himaya_worker;
ALTER TABLE inquiries_inquiry ENABLE ROW LEVEL SECURITY;
ALTER TABLE inquiries_inquiry FORCE ROW LEVEL SECURITY;
ALTER TABLE inquiries_member ENABLE ROW LEVEL SECURITY;
ALTER TABLE inquiries_member FORCE ROW LEVEL SECURITY;
ALTER TABLE inquiries_suspect ENABLE ROW LEVEL SECURITY;
ALTER TABLE inquiries_suspect FORCE ROW LEVEL SECURITY;
ALTER TABLE inquiries_part ENABLE ROW LEVEL SECURITY;
ALTER TABLE inquiries_part FORCE ROW LEVEL SECURITY;
CREATE POLICY lead ON inquiries_inquiry FOR ALL TO himaya_staff
  USING (desk_id = ANY (himaya_desks()))
  WITH CHECK (desk_id = ANY (himaya_desks()) AND himaya_may('inquiry.lead'));
CREATE OR REPLACE FUNCTION inquiries_leads(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM inquiries_inquiry i WHERE i.id = asked AND i.desk_id = ANY (himaya_desks()))
$$;
GRANT EXECUTE ON FUNCTION inquiries_leads(uuid) TO himaya_staff;
-- Only what was referred to the desk, and accepted by it, or a person without a case, comes in.
CREATE POLICY put_in ON inquiries_member FOR INSERT TO himaya_staff
  WITH CHECK (inquiries_leads(inquiry_id) AND himaya_may('inquiry.lead')
    AND (case_id IS NULL OR EXISTS (
      SELECT 1 FROM referrals_referral r
      WHERE r.case_id = inquiries_member.case_id AND r.receiver_id = ANY (himaya_desks())
        AND r.state IN ('accepted', 'in_service', 'completed'))));
CREATE POLICY lead ON inquiries_member FOR SELECT TO himaya_staff USING (inquiries_leads(inquiry_id));
CREATE POLICY own_case ON inquiries_member FOR SELECT TO himaya_staff USING (cases_is_ours(case_id));
CREATE POLICY go_on ON inquiries_member FOR UPDATE TO himaya_staff USING (inquiries_leads(inquiry_id));
CREATE POLICY lead ON inquiries_suspect FOR ALL TO himaya_staff USING (inquiries_leads(inquiry_id));
CREATE POLICY lead ON inquiries_part FOR ALL TO himaya_staff
  USING (EXISTS (SELECT 1 FROM inquiries_suspect s WHERE s.id = suspect_id));
CREATE POLICY digest ON inquiries_inquiry FOR SELECT TO himaya_worker USING (true);
CREATE POLICY digest ON inquiries_member FOR SELECT TO himaya_worker USING (true);
CREATE POLICY digest ON inquiries_suspect FOR SELECT TO himaya_worker USING (true);
CREATE POLICY digest ON inquiries_part FOR SELECT TO himaya_worker USING (true);
