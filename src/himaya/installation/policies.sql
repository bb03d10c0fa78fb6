-- Tables that come with libraries. The reporters' site and the figures use none of them.

-- Sessions and second factors of the officers' site. A session holds no key; a second factor is sealed.
GRANT SELECT, INSERT, UPDATE, DELETE ON django_session, mfa_authenticator TO himaya_staff;
-- Signing in asks whether an address waits for confirmation. Officers have none, so reading is enough.
GRANT SELECT ON account_emailaddress TO himaya_staff;
