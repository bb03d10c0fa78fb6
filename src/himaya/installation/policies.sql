-- Tables that come with libraries. The reporters' site and the figures use none of them.

-- Second factors of officers: secrets are encrypted under a key outside the database.
GRANT SELECT, INSERT, UPDATE, DELETE ON mfa_authenticator TO himaya_staff;
-- Signing in asks whether an address waits for confirmation. Officers have none, so reading is enough.
GRANT SELECT ON account_emailaddress TO himaya_staff;
