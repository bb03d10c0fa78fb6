"""Who may do what with which row: the policies.sql of every concept, applied as the whole truth."""

from pathlib import Path

import psycopg

HIMAYA = Path(__file__).resolve().parents[1]
# Bottom up, as the layers go: a file may name functions and tables of those before it.
CONCEPTS = (
    "audit",
    "agencies",
    "accounts",
    "vault",
    "notices",
    "clocks",
    "enrolment",
    "directory",
    "reporting",
    "doors",
    "hotline",
    "identification",
    "cases",
    "inquiries",
    "recognition",
    "fieldwork",
    "tasks",
    "consent",
    "occasions",
    "referrals",
    "decisions",
    "justice",
    "pathway",
    "retention",
    "accountability",
    "statistics",
    "oversight",
    "installation",
)
CLEAR = """
DO $$
DECLARE
  everybody constant text := 'PUBLIC, himaya_public, himaya_staff, himaya_worker, himaya_figures,'
    ' himaya_tokens';
  found record;
BEGIN
  EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %s', everybody);
  EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM %s', everybody);
  EXECUTE format('REVOKE ALL ON ALL ROUTINES IN SCHEMA public FROM %s', everybody);
  -- Whoever replaces a function must be allowed to call it, its owner too.
  FOR found IN SELECT oid::regprocedure AS routine FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proowner = 'himaya_tokens'::regrole
  LOOP
    EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO himaya_tokens', found.routine);
  END LOOP;
  FOR found IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP POLICY %I ON %I', found.policyname, found.tablename);
  END LOOP;
  FOR found IN SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND (relrowsecurity OR relforcerowsecurity)
  LOOP
    EXECUTE format(
      'ALTER TABLE %I DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY', found.relname);
  END LOOP;
END $$;
-- A function that a later migration adds is closed until a policies.sql opens it.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
"""


def files() -> list[Path]:
    """The policies of every concept that has tables, bottom up."""
    written = [HIMAYA / concept / "policies.sql" for concept in CONCEPTS]
    return [path for path in written if path.exists()]


def apply(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Take every right away and give back what the files say. Readers see all of it or nothing.

    connection: of the tables' owner, in or out of a transaction.
    """
    with connection.transaction():
        connection.execute(CLEAR)
        for path in files():
            connection.execute(path.read_bytes())
        # What a file defined was open to everybody until here, and only inside this transaction.
        connection.execute("REVOKE ALL ON ALL ROUTINES IN SCHEMA public FROM PUBLIC")
