"""What the database lets whom do, as one number: rights, row security, functions and triggers."""

from hashlib import sha256

import psycopg

# Each line is one fact that somebody could change by hand. Sorted, so that the order in which
# rights were given tells nothing.
FACTS = """
SELECT fact FROM (
  SELECT concat_ws(' ', 'right', relname, grantee::regrole, privilege_type) AS fact
    FROM pg_class, aclexplode(relacl) WHERE relnamespace = 'public'::regnamespace
  UNION ALL
  SELECT concat_ws(' ', 'right', attrelid::regclass, attname, grantee::regrole, privilege_type)
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid, aclexplode(attacl)
    WHERE relnamespace = 'public'::regnamespace
  UNION ALL
  SELECT concat_ws(' ', 'rows', relname, relowner::regrole, relrowsecurity, relforcerowsecurity)
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
  UNION ALL
  SELECT concat_ws(' ', 'policy', tablename, policyname, permissive, roles, cmd, qual, with_check)
    FROM pg_policies WHERE schemaname = 'public'
  UNION ALL
  SELECT concat_ws(' ', 'function', p.oid::regprocedure, proowner::regrole, prosecdef, proconfig,
      prosrc, (SELECT string_agg(concat(grantee::regrole), ',' ORDER BY grantee::regrole::text)
               FROM aclexplode(proacl)))
    FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
  UNION ALL
  SELECT concat_ws(' ', 'trigger', tgrelid::regclass, tgname, tgenabled, tgfoid::regprocedure)
    FROM pg_trigger WHERE NOT tgisinternal
) AS facts ORDER BY fact COLLATE "C"
"""


def fingerprint(connection: psycopg.Connection[tuple[object, ...]]) -> str:
    """SHA-256 over everything that decides who may read or change which row."""
    found = sha256()
    for (fact,) in connection.execute(FACTS):
        found.update(f"{fact}\n".encode())
    return found.hexdigest()
