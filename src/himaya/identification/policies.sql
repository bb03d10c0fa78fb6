-- Screenings: the desk that is asked sees them. Who asks, and the case's own desk, are
-- let in by cases/policies.sql.
GRANT SELECT, INSERT, UPDATE ON identification_screening TO himaya_staff;
GRANT SELECT, INSERT ON identification_answer, identification_sitting TO himaya_staff;
GRANT UPDATE (value, carried) ON identification_answer TO himaya_staff;
GRANT UPDATE (ended_at, ended, language, private, company, with_child, no_tie, interpreter, bound,
              clear, wished, sex, another_agreed, breaks) ON identification_sitting TO himaya_staff;
GRANT SELECT ON identification_screening, identification_answer, identification_sitting
  TO himaya_worker;
ALTER TABLE identification_screening ENABLE ROW LEVEL SECURITY;
ALTER TABLE identification_screening FORCE ROW LEVEL SECURITY;
ALTER TABLE identification_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE identification_answer FORCE ROW LEVEL SECURITY;
ALTER TABLE identification_sitting ENABLE ROW LEVEL SECURITY;
ALTER TABLE identification_sitting FORCE ROW LEVEL SECURITY;
-- The name matters, as that of the cases' own policy does: of several, this one is asked first.
CREATE POLICY within_desks ON identification_screening FOR SELECT TO himaya_staff
  USING (desk_id = ANY (himaya_desks()));
-- What is finished stays as it is.
CREATE POLICY screen ON identification_screening FOR UPDATE TO himaya_staff
  USING (state = 'asked' AND desk_id = ANY (himaya_desks()))
  WITH CHECK (desk_id = ANY (himaya_desks()));
-- Answers and sittings are read wherever the screening is, and belong to the desk that was asked;
-- they change while it is not finished, and never afterwards.
CREATE POLICY with_screening ON identification_answer FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM identification_screening s WHERE s.id = screening_id));
CREATE POLICY answer ON identification_answer FOR INSERT TO himaya_staff
  WITH CHECK (EXISTS (SELECT 1 FROM identification_screening s WHERE s.id = screening_id
                      AND s.state = 'asked' AND s.desk_id = ANY (himaya_desks())));
CREATE POLICY answer_anew ON identification_answer FOR UPDATE TO himaya_staff
  USING (EXISTS (SELECT 1 FROM identification_screening s WHERE s.id = screening_id
                 AND s.state = 'asked' AND s.desk_id = ANY (himaya_desks())));
CREATE POLICY with_screening ON identification_sitting FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM identification_screening s WHERE s.id = screening_id));
CREATE POLICY sit ON identification_sitting FOR INSERT TO himaya_staff
  WITH CHECK (officer_id = himaya_actor()
              AND EXISTS (SELECT 1 FROM identification_screening s WHERE s.id = screening_id
                          AND s.state = 'asked' AND s.desk_id = ANY (himaya_desks())));
CREATE POLICY go_on ON identification_sitting FOR UPDATE TO himaya_staff
  USING (ended_at IS NULL
         AND EXISTS (SELECT 1 FROM identification_screening s WHERE s.id = screening_id
                     AND s.state = 'asked' AND s.desk_id = ANY (himaya_desks())))
  WITH CHECK (EXISTS (SELECT 1 FROM identification_screening s WHERE s.id = screening_id
                      AND s.desk_id = ANY (himaya_desks())));
CREATE POLICY count ON identification_screening FOR SELECT TO himaya_worker USING (true);
-- A case that a decision moves to another edition of the pack takes its waiting screenings along.
GRANT UPDATE (pack) ON identification_screening TO himaya_worker;
CREATE POLICY moved_by_decision ON identification_screening FOR UPDATE TO himaya_worker
  USING (state = 'asked') WITH CHECK (state = 'asked');
CREATE POLICY count ON identification_answer FOR SELECT TO himaya_worker USING (true);
CREATE POLICY count ON identification_sitting FOR SELECT TO himaya_worker USING (true);
