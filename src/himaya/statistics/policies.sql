-- Facts are nameless, yet few people read them: the worker writes them when a case changed, the
-- figures' role reads them, and officers whose role includes the figures.
-- Published files are brought in by the figures' role alone (the command `import`); nobody may
-- change or remove what was imported. The reporters' site reads and writes nothing here.
GRANT SELECT, INSERT, UPDATE, DELETE ON statistics_casefact TO himaya_worker;
GRANT SELECT ON statistics_casefact TO himaya_figures, himaya_staff;
GRANT SELECT, INSERT
  ON statistics_importedfile, statistics_importedfact, statistics_publishedfigure TO himaya_figures;
GRANT SELECT
  ON statistics_importedfile, statistics_importedfact, statistics_publishedfigure TO himaya_staff;

ALTER TABLE statistics_casefact ENABLE ROW LEVEL SECURITY;
ALTER TABLE statistics_casefact FORCE ROW LEVEL SECURITY;
CREATE POLICY replaced_by_worker ON statistics_casefact FOR ALL TO himaya_worker
  USING (true) WITH CHECK (true);
CREATE POLICY read_by_figures ON statistics_casefact FOR SELECT TO himaya_figures USING (true);
-- The permission is asked once a query, not once a row.
CREATE POLICY read_by_permission ON statistics_casefact FOR SELECT TO himaya_staff
  USING ((SELECT 'figures.read' = ANY (string_to_array(current_setting('himaya.permissions', true), ','))));

-- The same for referrals.
GRANT SELECT, INSERT, UPDATE, DELETE ON statistics_referralfact TO himaya_worker;
GRANT SELECT ON statistics_referralfact TO himaya_figures, himaya_staff;
ALTER TABLE statistics_referralfact ENABLE ROW LEVEL SECURITY;
ALTER TABLE statistics_referralfact FORCE ROW LEVEL SECURITY;
CREATE POLICY replaced_by_worker ON statistics_referralfact FOR ALL TO himaya_worker
  USING (true) WITH CHECK (true);
CREATE POLICY read_by_figures ON statistics_referralfact FOR SELECT TO himaya_figures USING (true);
CREATE POLICY read_by_permission ON statistics_referralfact FOR SELECT TO himaya_staff
  USING ((SELECT 'figures.read' = ANY (string_to_array(current_setting('himaya.permissions', true), ','))));

-- The digest of each day: signed by the worker, never changed; read by whoever reads the figures.
GRANT SELECT, INSERT ON statistics_deskdigest TO himaya_worker;
GRANT SELECT ON statistics_deskdigest TO himaya_figures, himaya_staff;
ALTER TABLE statistics_deskdigest ENABLE ROW LEVEL SECURITY;
ALTER TABLE statistics_deskdigest FORCE ROW LEVEL SECURITY;
CREATE POLICY signed_by_worker ON statistics_deskdigest FOR ALL TO himaya_worker
  USING (true) WITH CHECK (true);
CREATE POLICY read_by_figures ON statistics_deskdigest FOR SELECT TO himaya_figures USING (true);
CREATE POLICY read_by_permission ON statistics_deskdigest FOR SELECT TO himaya_staff
  USING ((SELECT 'figures.read' = ANY (string_to_array(current_setting('himaya.permissions', true), ','))));

ALTER TABLE statistics_importedfile ENABLE ROW LEVEL SECURITY;
ALTER TABLE statistics_importedfile FORCE ROW LEVEL SECURITY;
CREATE POLICY imported_by_figures ON statistics_importedfile FOR ALL TO himaya_figures
  USING (true) WITH CHECK (true);
CREATE POLICY read_by_permission ON statistics_importedfile FOR SELECT TO himaya_staff
  USING ((SELECT 'figures.read' = ANY (string_to_array(current_setting('himaya.permissions', true), ','))));

ALTER TABLE statistics_importedfact ENABLE ROW LEVEL SECURITY;
ALTER TABLE statistics_importedfact FORCE ROW LEVEL SECURITY;
CREATE POLICY imported_by_figures ON statistics_importedfact FOR ALL TO himaya_figures
  USING (true) WITH CHECK (true);
CREATE POLICY read_by_permission ON statistics_importedfact FOR SELECT TO himaya_staff
  USING ((SELECT 'figures.read' = ANY (string_to_array(current_setting('himaya.permissions', true), ','))));

ALTER TABLE statistics_publishedfigure ENABLE ROW LEVEL SECURITY;
ALTER TABLE statistics_publishedfigure FORCE ROW LEVEL SECURITY;
CREATE POLICY imported_by_figures ON statistics_publishedfigure FOR ALL TO himaya_figures
  USING (true) WITH CHECK (true);
CREATE POLICY read_by_permission ON statistics_publishedfigure FOR SELECT TO himaya_staff
  USING ((SELECT 'figures.read' = ANY (string_to_array(current_setting('himaya.permissions', true), ','))));

-- The worker compares imported files and their rows with what the ledger says of them.
GRANT SELECT ON statistics_importedfile, statistics_importedfact, statistics_publishedfigure
  TO himaya_worker;
CREATE POLICY compared ON statistics_importedfile FOR SELECT TO himaya_worker USING (true);
CREATE POLICY compared ON statistics_importedfact FOR SELECT TO himaya_worker USING (true);
CREATE POLICY compared ON statistics_publishedfigure FOR SELECT TO himaya_worker USING (true);
