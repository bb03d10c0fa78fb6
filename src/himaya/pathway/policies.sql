-- The timeline of a case: whoever may open the case sees what was done in it. Who read it is for the
-- data protection officer alone (audit/policies.sql).
CREATE POLICY case_timeline ON audit_entry FOR SELECT TO himaya_staff
  USING (act <> 'vault.read' AND EXISTS (
    SELECT 1 FROM cases_case c
    WHERE (c.id = subject_id OR c.report_id = subject_id) AND cases_is_ours(c.id)));
