-- Accounts. The officers' site signs people in; nobody but the owner (enrolment) makes officers,
-- roles, seats or certificates. The reporters' site, the worker and the figures read nothing here.
GRANT SELECT ON accounts_officer, accounts_membership, accounts_certificate TO himaya_staff;
GRANT UPDATE (last_login, password) ON accounts_officer TO himaya_staff;
-- The worker compares seats and certificates with what the ledger says of them.
GRANT SELECT ON accounts_membership, accounts_certificate TO himaya_worker;
