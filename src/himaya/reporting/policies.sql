-- Reports. The reporters' site puts them in and reads nothing back: no SELECT on any table. Whoever
-- holds a receipt reads one conversation through the functions below. A desk sees its own reports.
GRANT INSERT ON reporting_report, reporting_receipt, reporting_message TO himaya_public;

ALTER TABLE reporting_report ENABLE ROW LEVEL SECURITY;
ALTER TABLE reporting_receipt ENABLE ROW LEVEL SECURITY;
ALTER TABLE reporting_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE reporting_report FORCE ROW LEVEL SECURITY;
ALTER TABLE reporting_receipt FORCE ROW LEVEL SECURITY;
ALTER TABLE reporting_message FORCE ROW LEVEL SECURITY;

-- The site can say only what a reporter can: a new report, a new receipt, a message from outside.
CREATE POLICY put_in ON reporting_report FOR INSERT TO himaya_public
  WITH CHECK (channel = 'web' AND state = 'received' AND overtaken_by_id IS NULL
              AND alike_id IS NULL AND version = 1);
CREATE POLICY put_in ON reporting_receipt FOR INSERT TO himaya_public WITH CHECK (true);
CREATE POLICY put_in ON reporting_message FOR INSERT TO himaya_public
  WITH CHECK (direction = 'from_reporter' AND read_at IS NULL);

-- Officers: the reports that their desk received or took over, and what was written about them.
-- Of a receipt they see the reporter's public key, to seal an answer to, and never the tag.
GRANT SELECT, UPDATE ON reporting_report TO himaya_staff;
GRANT SELECT, INSERT, UPDATE ON reporting_message TO himaya_staff;
GRANT SELECT (id, report_id, reporter_key, mac, empty) ON reporting_receipt TO himaya_staff;
CREATE POLICY own_desk ON reporting_report FOR SELECT TO himaya_staff
  USING (desk_id = ANY (himaya_desks()) OR overtaken_by_id = ANY (himaya_desks()));
CREATE POLICY work_on ON reporting_report FOR UPDATE TO himaya_staff
  USING (desk_id = ANY (himaya_desks()) OR overtaken_by_id = ANY (himaya_desks()));
-- The inner query is under the policy of reports, so these follow it.
CREATE POLICY own_desk ON reporting_message FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = report_id));
CREATE POLICY answer ON reporting_message FOR INSERT TO himaya_staff
  WITH CHECK (direction = 'from_desk' AND EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = report_id));
CREATE POLICY mark_read ON reporting_message FOR UPDATE TO himaya_staff
  USING (direction = 'from_reporter' AND EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = report_id));
CREATE POLICY own_desk ON reporting_receipt FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = report_id));

-- A desk that finds somebody of its own named gives the report up. It moves by this function, because
-- who moves it may not see it afterwards: only from a desk that reads it, never to an agency that is
-- named, and no name is forgotten. The next desk begins anew.
CREATE OR REPLACE FUNCTION reporting_hand_on(asked uuid, intake uuid, second uuid, said text,
    named text[], due timestamptz)
  RETURNS SETOF reporting_report
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE reporting_report r SET desk_id = intake, involved = said, involved_agencies = named,
    overtaken_by_id = CASE WHEN r.overtaken_by_id = second THEN second END,
    state = CASE WHEN r.state = 'joined' OR r.desk_id = intake THEN r.state ELSE 'received' END,
    seriousness = CASE WHEN r.state = 'joined' OR r.desk_id = intake THEN r.seriousness END,
    due_at = CASE WHEN r.state = 'joined' OR r.desk_id = intake THEN r.due_at ELSE due END,
    set_back = r.set_back AND r.desk_id = intake,
    alike_id = CASE WHEN r.desk_id = intake THEN r.alike_id END,
    version = r.version + 1
  WHERE r.id = asked AND r.state IN ('received', 'triaged', 'joined') AND himaya_may('report.triage')
    AND (r.desk_id = ANY (himaya_desks()) OR r.overtaken_by_id = ANY (himaya_desks()))
    AND r.involved_agencies::text[] <@ named
    AND NOT EXISTS (SELECT 1 FROM agencies_desk d JOIN agencies_agency a ON a.id = d.agency_id
                    WHERE d.id IN (intake, second) AND a.code = ANY (named))
  RETURNING r.*
$$;
-- Reports that a desk of the actor's, or of their agency, gave up, and that no desk of theirs reads
-- now. Whoever watches over the whole ledger goes on doing so.
CREATE OR REPLACE FUNCTION reporting_given_up() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT g.report_id FROM reporting_recusal g JOIN reporting_report r ON r.id = g.report_id
    JOIN agencies_desk d ON d.id = g.desk_id
  WHERE (d.id = ANY (himaya_desks()) OR d.agency_id = himaya_agency())
    AND NOT himaya_may('ledger.read') AND r.desk_id <> ALL (himaya_desks())
    AND coalesce(r.overtaken_by_id <> ALL (himaya_desks()), true)
$$;
-- Does the report name an agency at whose desks the actor sits?
CREATE OR REPLACE FUNCTION reporting_names_us(asked uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM reporting_report r JOIN agencies_agency a ON a.code = ANY (r.involved_agencies)
    JOIN agencies_desk d ON d.agency_id = a.id WHERE r.id = asked AND d.id = ANY (himaya_desks()))
$$;
REVOKE ALL ON FUNCTION reporting_hand_on(uuid, uuid, uuid, text, text[], timestamptz),
  reporting_given_up(), reporting_names_us(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reporting_hand_on(uuid, uuid, uuid, text, text[], timestamptz),
  reporting_given_up(), reporting_names_us(uuid) TO himaya_staff;
CREATE POLICY hand_on ON reporting_report FOR ALL TO himaya_owner USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON reporting_recusal TO himaya_staff;
GRANT SELECT ON reporting_recusal TO himaya_worker;
ALTER TABLE reporting_recusal ENABLE ROW LEVEL SECURITY;
ALTER TABLE reporting_recusal FORCE ROW LEVEL SECURITY;
CREATE POLICY next_desk ON reporting_recusal FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = report_id));
CREATE POLICY give_up ON reporting_recusal FOR INSERT TO himaya_staff
  WITH CHECK (EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = report_id
                      AND reporting_recusal.desk_id IN (r.desk_id, r.overtaken_by_id)));
CREATE POLICY digest ON reporting_recusal FOR SELECT TO himaya_worker USING (true);
CREATE POLICY look ON reporting_recusal FOR SELECT TO himaya_owner USING (true);
-- What the ledger says of it is not for the desk that gave it up either, and is for the next one:
-- that it was received, taken over and handed on.
CREATE POLICY given_up ON audit_entry AS RESTRICTIVE FOR SELECT TO himaya_staff
  USING (subject_id IS NULL OR subject_id <> ALL (ARRAY(SELECT reporting_given_up())));
CREATE POLICY report_filed ON audit_entry FOR SELECT TO himaya_staff
  USING (act IN ('reporting.received', 'reporting.overtaken', 'reporting.recused')
         AND EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = subject_id));

-- Who reported: the desk that wrote it down knows that it did, the two that keep it too.
GRANT SELECT, INSERT ON reporting_informant TO himaya_staff;
GRANT SELECT ON reporting_informant TO himaya_worker;
ALTER TABLE reporting_informant ENABLE ROW LEVEL SECURITY;
ALTER TABLE reporting_informant FORCE ROW LEVEL SECURITY;
CREATE POLICY keepers ON reporting_informant FOR SELECT TO himaya_staff
  USING ((custodian_id = ANY (himaya_desks()) OR second_id = ANY (himaya_desks()))
         AND NOT reporting_names_us(report_id));
CREATE POLICY own_desk ON reporting_informant FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = report_id));
CREATE POLICY write_down ON reporting_informant FOR INSERT TO himaya_staff
  WITH CHECK (EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = report_id));
CREATE POLICY digest ON reporting_informant FOR SELECT TO himaya_worker USING (true);

-- Reports that are alike. What a report's words are like is put in by whoever seals or first opens
-- it, and read by the worker alone: it says of a report which other of the same desk it is like.
GRANT INSERT ON reporting_likeness TO himaya_public, himaya_staff;
GRANT SELECT, UPDATE (compared_at) ON reporting_likeness TO himaya_worker;
GRANT UPDATE (alike_id, set_back) ON reporting_report TO himaya_worker;
ALTER TABLE reporting_likeness ENABLE ROW LEVEL SECURITY;
ALTER TABLE reporting_likeness FORCE ROW LEVEL SECURITY;
CREATE POLICY put_in ON reporting_likeness FOR INSERT TO himaya_public WITH CHECK (compared_at IS NULL);
CREATE POLICY first_opened ON reporting_likeness FOR INSERT TO himaya_staff
  WITH CHECK (compared_at IS NULL AND EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = report_id));
CREATE POLICY digest ON reporting_likeness FOR SELECT TO himaya_worker USING (true);
CREATE POLICY compare ON reporting_likeness FOR UPDATE TO himaya_worker USING (true);
-- What was shredded is like nothing any more.
CREATE POLICY shred ON reporting_likeness FOR ALL TO himaya_owner USING (true);
CREATE OR REPLACE FUNCTION reporting_likeness_goes() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM reporting_likeness WHERE report_id = NEW.subject_id;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER reporting_likeness_goes AFTER UPDATE OF shredded_at ON vault_compartment
  FOR EACH ROW WHEN (NEW.shredded_at IS NOT NULL AND NEW.kind = 'narrative')
  EXECUTE FUNCTION reporting_likeness_goes();

-- Joined reports, and answers that wait for a second person: for a desk that reads what they join.
GRANT SELECT, INSERT, UPDATE (parted_at, parting) ON reporting_join TO himaya_staff;
GRANT SELECT, INSERT, UPDATE (sent_at) ON reporting_heldanswer TO himaya_staff;
GRANT SELECT ON reporting_join, reporting_heldanswer TO himaya_worker;
ALTER TABLE reporting_join ENABLE ROW LEVEL SECURITY;
ALTER TABLE reporting_join FORCE ROW LEVEL SECURITY;
ALTER TABLE reporting_heldanswer ENABLE ROW LEVEL SECURITY;
ALTER TABLE reporting_heldanswer FORCE ROW LEVEL SECURITY;
CREATE POLICY own_desk ON reporting_join FOR ALL TO himaya_staff
  USING (EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = report_id)
         AND EXISTS (SELECT 1 FROM reporting_report m WHERE m.id = main_id));
CREATE POLICY digest ON reporting_join FOR SELECT TO himaya_worker USING (true);
CREATE POLICY own_desk ON reporting_heldanswer FOR ALL TO himaya_staff
  USING (EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = report_id));
CREATE POLICY digest ON reporting_heldanswer FOR SELECT TO himaya_worker USING (true);

-- That two persons are asked about a report is known where the report is known, and nowhere else:
-- beside the rule of the role, so that a desk which may be part of it does not learn that it exists.
CREATE POLICY of_reports_known ON accounts_twopersonact AS RESTRICTIVE FOR SELECT TO himaya_staff
  USING (CASE act
    WHEN 'reporting.discard' THEN EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = subject_id)
    WHEN 'reporting.send_anyway' THEN EXISTS (SELECT 1 FROM reporting_heldanswer h WHERE h.id = subject_id)
    WHEN 'reporting.informant' THEN EXISTS (SELECT 1 FROM reporting_informant i WHERE i.id = subject_id)
    ELSE true END);

-- The worker lets the second desk take over from a silent one, and checks digests of rows.
GRANT SELECT ON reporting_report, reporting_receipt, reporting_message TO himaya_worker;
GRANT UPDATE (overtaken_by_id, due_at, version) ON reporting_report TO himaya_worker;
CREATE POLICY digest ON reporting_report FOR SELECT TO himaya_worker USING (true);
CREATE POLICY digest ON reporting_receipt FOR SELECT TO himaya_worker USING (true);
CREATE POLICY digest ON reporting_message FOR SELECT TO himaya_worker USING (true);
CREATE POLICY overtake ON reporting_report FOR UPDATE TO himaya_worker USING (true);

-- The functions run as the owner of the tables; these let it look, and empty a message that was read.
CREATE POLICY by_receipt ON reporting_receipt FOR SELECT TO himaya_owner USING (true);
CREATE POLICY by_receipt ON reporting_message FOR SELECT TO himaya_owner USING (true);
CREATE POLICY by_receipt ON vault_compartment FOR SELECT TO himaya_owner USING (true);
CREATE POLICY by_receipt ON vault_compartmentepoch FOR SELECT TO himaya_owner USING (true);
CREATE POLICY forget ON reporting_message FOR UPDATE TO himaya_owner USING (direction = 'from_desk');

-- Public keys of the desks, with the registrar's signatures, so that the site can seal to them.
CREATE OR REPLACE FUNCTION reporting_desk_keys()
  RETURNS TABLE (code text, desk_id uuid, epoch_id uuid, number integer, public_key text, signature bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.code, d.id, e.id, e.number, e.public_key, e.signature
  FROM agencies_desk d JOIN vault_deskepoch e ON e.desk_id = d.id
    AND e.opened_at IS NOT NULL AND e.closed_at IS NULL
$$;

-- One conversation, for whoever shows the tag that only the receipt's digits give. Changes nothing.
-- message_id and content: the oldest message from the desk that was not yet read, if any; the second
-- number does the same work and finds none.
DROP FUNCTION IF EXISTS reporting_conversation(bytea);  -- as it was called while it told less
CREATE OR REPLACE FUNCTION reporting_talk(shown bytea)
  RETURNS TABLE (report_id uuid, wrapped bytea, compartment_id uuid, epoch_id uuid, number integer,
                 public_key text, mac bytea, message_id uuid, content bytea, empty boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.report_id, r.wrapped, e.compartment_id, e.id, e.number, e.public_key, e.mac,
    CASE WHEN r.empty THEN NULL ELSE m.id END,
    CASE WHEN r.empty THEN NULL ELSE m.for_reporter END, r.empty
  FROM reporting_receipt r
  JOIN vault_compartment c ON c.subject_id = r.report_id AND c.kind = 'narrative'
  JOIN LATERAL (SELECT * FROM vault_compartmentepoch e WHERE e.compartment_id = c.id
                ORDER BY e.number DESC LIMIT 1) e ON true
  LEFT JOIN LATERAL (SELECT * FROM reporting_message m WHERE m.report_id = r.report_id
                     AND m.for_reporter IS NOT NULL ORDER BY m.sent_at LIMIT 1) m ON true
  WHERE r.tag = shown
$$;

-- The reporter has read a message: their copy is emptied. Answers the row as it is now.
CREATE OR REPLACE FUNCTION reporting_forget(shown bytea, message uuid, at timestamptz)
  RETURNS SETOF reporting_message
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE reporting_message m SET for_reporter = NULL, read_at = at
  FROM reporting_receipt r
  WHERE r.tag = shown AND NOT r.empty AND m.id = message AND m.report_id = r.report_id
    AND m.for_reporter IS NOT NULL
  RETURNING m.*
$$;

-- Where the ledger says that the report of this receipt was received, and the commitment to it that
-- is published: what a reporter may copy for an ombudsman. The second number is told the same.
CREATE POLICY by_receipt ON audit_entry FOR SELECT TO himaya_owner USING (act = 'reporting.received');
CREATE OR REPLACE FUNCTION reporting_filed(shown bytea)
  RETURNS TABLE (index bigint, at timestamptz, leaf bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.index, e.at, e.leaf FROM reporting_receipt r
  JOIN audit_entry e ON e.subject_id = r.report_id AND e.act = 'reporting.received'
  WHERE r.tag = shown ORDER BY e.index LIMIT 1
$$;

REVOKE ALL ON FUNCTION reporting_desk_keys(), reporting_talk(bytea),
  reporting_forget(bytea, uuid, timestamptz), reporting_filed(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reporting_desk_keys(), reporting_talk(bytea),
  reporting_forget(bytea, uuid, timestamptz), reporting_filed(bytea) TO himaya_public;
