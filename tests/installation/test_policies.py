"""The policies.sql files are the whole truth of who may do what, and they promise little."""

import pytest
from django.db import connection

from himaya.installation import policies

pytestmark = pytest.mark.django_db
OTHERS = ("himaya_public", "himaya_staff", "himaya_worker", "himaya_figures")


def ask(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def rights():
    """Every right on a table, column, sequence or function, every policy, and where they are on."""
    return {
        *ask("SELECT relname, relacl::text, relrowsecurity, relforcerowsecurity FROM pg_class c"
             " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S', 'p')"),
        *ask("SELECT attrelid::regclass::text, attname, attacl::text FROM pg_attribute"
             " WHERE attacl IS NOT NULL AND attrelid::regclass::text NOT LIKE 'pg_%%'"),
        *ask("SELECT oid::regprocedure::text, proacl::text FROM pg_proc"
             " WHERE pronamespace = 'public'::regnamespace"),
        *ask("SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies"),
    }  # fmt: skip


def test_every_file_of_policies_is_applied_and_in_the_order_of_the_layers():
    written = {path.parent.name for path in policies.HIMAYA.glob("*/policies.sql")}

    assert {path.parent.name for path in policies.files()} == written


def test_applying_them_again_changes_nothing():
    before = rights()

    policies.apply(connection.connection)

    assert rights() == before


@pytest.mark.parametrize(
    "by_hand",
    [
        "GRANT SELECT ON reporting_report TO himaya_public",
        "GRANT UPDATE (facts) ON audit_entry TO himaya_staff",
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC",
        "ALTER TABLE vault_grant DISABLE ROW LEVEL SECURITY",
        "CREATE POLICY everybody ON vault_grant FOR SELECT TO PUBLIC USING (true)",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO PUBLIC",
    ],
)
def test_what_was_changed_by_hand_is_put_right(by_hand):
    before = rights()
    ask(by_hand)
    assert rights() != before

    policies.apply(connection.connection)

    assert rights() == before


def test_the_reporters_role_reads_no_table_and_no_column():
    readable = ask(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('r', 'v', 'm', 'p', 'f')"
        " AND (has_table_privilege('himaya_public', oid, 'SELECT, UPDATE, DELETE, TRUNCATE')"
        " OR has_any_column_privilege('himaya_public', oid, 'SELECT, UPDATE'))"
    )

    assert readable == []


def test_that_question_would_find_a_column_given_away():
    ask("GRANT SELECT (id) ON cases_case TO himaya_public")

    with pytest.raises(AssertionError):
        test_the_reporters_role_reads_no_table_and_no_column()


def test_nobody_but_the_owner_empties_or_hooks_into_a_table():
    for role in OTHERS:
        found = ask(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p')"
            " AND has_table_privilege(%s, oid, 'TRUNCATE, TRIGGER, REFERENCES')",
            role,
        )
        assert found == []


def test_everything_belongs_to_the_owner_or_to_the_keeper_of_tokens_and_neither_is_superuser():
    owners = ask(
        "SELECT DISTINCT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE oid IN ("
        " SELECT relowner FROM pg_class WHERE relnamespace = 'public'::regnamespace UNION"
        " SELECT proowner FROM pg_proc WHERE pronamespace = 'public'::regnamespace)"
    )
    kept = ask(
        "SELECT relname FROM pg_class WHERE relowner = 'himaya_tokens'::regrole"
        " UNION SELECT proname FROM pg_proc WHERE proowner = 'himaya_tokens'::regrole"
    )

    assert sorted(owners) == [("himaya_owner", False), ("himaya_tokens", False)]
    assert {name for (name,) in kept} == {
        *("vault_keep_tokens", "vault_tokens_go", "cases_called"),
        *("hotline_called_before", "hotline_filed", "hotline_forget_callers"),
        *("vault_alike", "recognition_look", "recognition_shows", "recognition_other_desk"),
        *("recognition_ends", "recognition_is_the_same", "fieldwork_of_something_else"),
    }


def test_row_level_security_binds_the_owner_of_the_table_too():
    half = ask(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relrowsecurity <> relforcerowsecurity"
    )

    assert half == []


def test_no_function_is_open_to_everybody():
    found = ask(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        " AND (proacl IS NULL OR EXISTS (SELECT 1 FROM aclexplode(proacl) WHERE grantee = 0))"
    )

    assert found == []


def test_a_function_that_runs_as_the_owner_fixes_where_it_looks():
    loose = ask(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        " AND prosecdef AND NOT coalesce(proconfig::text, '') LIKE '%%search_path%%'"
    )

    assert loose == []


def test_a_new_function_is_closed_until_a_file_opens_it():
    ask("SET LOCAL ROLE himaya_owner")
    ask("CREATE FUNCTION fresh() RETURNS int LANGUAGE sql AS 'SELECT 1'")

    may = ask("SELECT has_function_privilege('himaya_public', 'fresh()', 'EXECUTE')")

    assert may == [(False,)]
