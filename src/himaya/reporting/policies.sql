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
  WITH CHECK (channel = 'web' AND state = 'received' AND overtaken_by_id IS NULL AND version = 1);
CREATE POLICY put_in ON reporting_receipt FOR INSERT TO himaya_public WITH CHECK (true);
CREATE POLICY put_in ON reporting_message FOR INSERT TO himaya_public
  WITH CHECK (direction = 'from_reporter' AND read_at IS NULL);

-- Officers: the reports that their desk received or took over, and what was written about them.
-- Of a receipt they see the reporter's public key, to seal an answer to, and never the tag.
GRANT SELECT, UPDATE ON reporting_report TO himaya_staff;
GRANT SELECT, INSERT, UPDATE ON reporting_message TO himaya_staff;
GRANT SELECT (id, report_id, reporter_key, mac) ON reporting_receipt TO himaya_staff;
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

-- Who reported: the desk that wrote it down knows that it did, the two that keep it too.
GRANT SELECT, INSERT ON reporting_informant TO himaya_staff;
GRANT SELECT ON reporting_informant TO himaya_worker;
ALTER TABLE reporting_informant ENABLE ROW LEVEL SECURITY;
ALTER TABLE reporting_informant FORCE ROW LEVEL SECURITY;
CREATE POLICY keepers ON reporting_informant FOR SELECT TO himaya_staff
  USING (custodian_id = ANY (himaya_desks()) OR second_id = ANY (himaya_desks()));
CREATE POLICY own_desk ON reporting_informant FOR SELECT TO himaya_staff
  USING (EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = report_id));
CREATE POLICY write_down ON reporting_informant FOR INSERT TO himaya_staff
  WITH CHECK (EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = report_id));
CREATE POLICY digest ON reporting_informant FOR SELECT TO himaya_worker USING (true);

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
-- message_id and content: the oldest message from the desk that was not yet read, if any.
CREATE OR REPLACE FUNCTION reporting_conversation(shown bytea)
  RETURNS TABLE (report_id uuid, wrapped bytea, compartment_id uuid, epoch_id uuid, number integer,
                 public_key text, mac bytea, message_id uuid, content bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.report_id, r.wrapped, e.compartment_id, e.id, e.number, e.public_key, e.mac, m.id, m.for_reporter
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
  WHERE r.tag = shown AND m.id = message AND m.report_id = r.report_id AND m.for_reporter IS NOT NULL
  RETURNING m.*
$$;

REVOKE ALL ON FUNCTION reporting_desk_keys(), reporting_conversation(bytea),
  reporting_forget(bytea, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reporting_desk_keys(), reporting_conversation(bytea),
  reporting_forget(bytea, uuid, timestamptz) TO himaya_public;
