-- The timeline of a case: whoever may open the case sees what was done in it. Who read it is for the
-- data protection officer alone (audit/policies.sql).
CREATE POLICY case_timeline ON audit_entry FOR SELECT TO himaya_staff
  USING (act <> 'vault.read' AND EXISTS (
    SELECT 1 FROM cases_case c
    WHERE (c.id = subject_id OR c.report_id = subject_id) AND cases_is_ours(c.id)));

-- Whether somebody is confirmed to be a victim is, in many countries, said by the prosecution, and a no
-- looked at again by a body that has nothing else to do with the case. Once such a desk has accepted a
-- person's referral it sees where the identification stands, and moves it by its decisions; and the
-- track on which the desk that leads must then tell the person. The prosecution also asks for the
-- person's own statement, and sees whether they gave it or declined: not when they may be heard.
CREATE OR REPLACE FUNCTION pathway_confirms(asked uuid, work text) RETURNS boolean
  LANGUAGE sql STABLE AS $$
  SELECT work IN ('identification', 'telling', 'statement') AND EXISTS (
    SELECT 1 FROM referrals_referral r
    JOIN agencies_desk d ON d.id = r.receiver_id
    WHERE r.case_id = asked AND r.receiver_id = ANY (himaya_desks())
      AND r.state IN ('accepted', 'in_service')
      AND (d.kind = 'PROSECUTION' OR d.kind = 'IDENTIFICATION' AND work <> 'statement'))
$$;
GRANT EXECUTE ON FUNCTION pathway_confirms(uuid, text) TO himaya_staff;
CREATE POLICY confirmer_sees ON cases_trackstate FOR SELECT TO himaya_staff
  USING (pathway_confirms(case_id, track));
CREATE POLICY confirmer_moves ON cases_trackstate FOR UPDATE TO himaya_staff
  USING (track <> 'telling' AND pathway_confirms(case_id, track));
