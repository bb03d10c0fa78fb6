-- Accounts. The officers' site signs people in; nobody but the owner (enrolment) makes officers,
-- roles, seats or certificates. The reporters' site and the figures read nothing here.
GRANT SELECT ON accounts_officer, accounts_membership, accounts_certificate TO himaya_staff;
GRANT UPDATE (last_login, password) ON accounts_officer TO himaya_staff;
-- The worker compares what is recorded of officers with what the ledger says; no passphrase hash.
GRANT SELECT (id, username, agency_id, roles, is_active) ON accounts_officer TO himaya_worker;
GRANT SELECT ON accounts_membership, accounts_certificate TO himaya_worker;
