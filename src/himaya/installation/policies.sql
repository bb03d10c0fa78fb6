-- Tables that come with libraries. The reporters' site and the figures use none of them.

-- Sessions and second factors of the officers' site. A session holds no key; a second factor is sealed.
GRANT SELECT, INSERT, UPDATE, DELETE ON django_session, mfa_authenticator TO himaya_staff;
-- Signing in asks whether an address waits for confirmation. Officers have none, so reading is enough.
GRANT SELECT ON account_emailaddress TO himaya_staff;

-- The queue of the worker: its jobs hold ids only.
GRANT SELECT, INSERT, UPDATE, DELETE
  ON procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers
  TO himaya_worker;
GRANT USAGE ON SEQUENCE procrastinate_jobs_id_seq, procrastinate_events_id_seq,
  procrastinate_periodic_defers_id_seq, procrastinate_workers_id_seq TO himaya_worker;
DO $$
DECLARE
  found record;
BEGIN
  FOR found IN SELECT oid::regprocedure AS signature FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'procrastinate\_%'
  LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO himaya_worker', found.signature);
  END LOOP;
END $$;
