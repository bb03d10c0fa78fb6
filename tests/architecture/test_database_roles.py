"""The database repeats who may see what, for every table there is, by its own catalogue."""

import pytest
from django.apps import apps
from django.db import connection, transaction

from himaya.accounts.pages import enter
from himaya.audit.digests import recorded_columns, recorded_models
from tests.factories import offices, seats
from tests.factories.catalogue import ask, column, may_insert, may_select, refused, tables
from tests.factories.roles import NOBODY, as_officer, as_role
from tests.factories.rows import make_row

pytestmark = pytest.mark.django_db

# Tables whose rows nobody filters, and why none of them tells of a report, a case or a person.
SEEN_WHOLE = {
    "agencies_agency": "public administration",
    "agencies_desk": "public administration",
    "accounts_officer": "signing in looks officers up by name, before anybody is known",
    "accounts_membership": "who sits at which desk is known in the house",
    "accounts_certificate": "who passed which training is known in the house",
    "audit_checkpoint": "signed heads are for publishing",
    "audit_treehead": "the worker's place; hashes only",
    "account_emailaddress": "of the sign-in library; stays empty",
    "account_emailconfirmation": "of the sign-in library; stays empty",
    "auth_group": "Django's; stays empty",
    "auth_group_permissions": "Django's; stays empty",
    "auth_permission": "Django's names of its own models",
    "django_content_type": "Django's names of its own models",
    "django_migrations": "which migrations have run",
    "accounts_session": "found by a random key only the browser has; holds no sealed content",
    "accounts_tries": "counts under keyed hashes, before anybody is known",
    "mfa_authenticator": "secrets are encrypted under a key outside the database",
}
# Tables whose rows every officer's session may read, because it seals to the keys in them; their
# row-level security is for who writes.
ONLY_WRITING_IS_FILTERED = {
    "vault_deskepoch": "public keys of desks, with the registrar's signatures",
    "vault_recoverykey": "the public recovery key, with the registrar's signature",
}
OF_PERSONS = ("reporting_", "identification_", "cases_", "consent_", "referrals_", "justice_")
SEALED = ("vault_", "accounts_", "mfa_", "audit_entry")


def unfiltered():
    return set(tables("AND NOT (relrowsecurity AND relforcerowsecurity)"))


def test_every_table_filters_its_rows_or_says_why_not():
    assert len(tables()) > 40
    assert unfiltered() == set(SEEN_WHOLE)


def test_a_new_table_without_either_would_be_found():
    ask("CREATE TABLE cases_secret (name text)")

    with pytest.raises(AssertionError):
        test_every_table_filters_its_rows_or_says_why_not()


def test_no_table_of_persons_is_among_those_seen_whole():
    assert [name for name in SEEN_WHOLE if name.startswith(OF_PERSONS)] == []


@pytest.mark.parametrize("role", ["public", "staff", "worker", "figures"])
def test_a_policy_never_names_everybody(role):
    named = column("SELECT DISTINCT unnest(roles)::text FROM pg_policies")

    assert f"himaya_{role}" in named
    assert "public" not in named  # PostgreSQL's word for everybody


def test_the_reporters_site_reads_nothing_and_puts_in_what_a_reporter_sends():
    assert may_select("public") == set()
    assert may_insert("public") == {
        "audit_pending",
        "doors_seen",
        "reporting_likeness",
        "reporting_message",
        "reporting_receipt",
        "reporting_report",
        "vault_compartment",
        "vault_compartmentepoch",
        "vault_grant",
        "vault_sealed",
    }


def test_trying_would_find_a_table_that_it_could_read():
    ask("GRANT SELECT (id) ON vault_sealed TO himaya_public")

    assert may_select("public") == {"vault_sealed"}


def test_the_reporters_site_calls_its_own_functions_only():
    found = column(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        " AND has_function_privilege('himaya_public', oid, 'EXECUTE') ORDER BY 1"
    )

    assert set(found) == {
        "doors_partner_of",
        "himaya_desks",
        "reporting_talk",
        "reporting_desk_keys",
        "reporting_filed",
        "reporting_forget",
    }


def of_persons_or_sealed(role):
    return {name for name in may_select(role) if name.startswith(OF_PERSONS + SEALED)}


def test_the_figures_see_no_record_no_key_and_no_officer():
    assert of_persons_or_sealed("figures") == set()
    assert may_select("figures") >= {"statistics_casefact", "statistics_importedfact"}


def test_trying_would_find_a_record_that_the_figures_could_see():
    ask("GRANT SELECT (id) ON cases_case TO himaya_figures")

    assert of_persons_or_sealed("figures") == {"cases_case"}


def test_nobody_but_the_worker_numbers_the_ledger_and_nobody_changes_it():
    for role in ("public", "staff", "figures"):
        assert "audit_entry" not in may_insert(role)
        assert "audit_checkpoint" not in may_insert(role)
    for role in ("public", "staff", "worker", "figures"):
        with as_role(role):
            assert refused("UPDATE audit_entry SET purpose = ''")
            assert refused("DELETE FROM audit_entry")
            assert refused("TRUNCATE audit_entry")


def filtered():
    return sorted(set(tables()) - set(SEEN_WHOLE))


def seen_by(actor):
    """Tables of which the officers' site sees a row, and those it may not even ask."""
    seen = set()
    with as_officer(actor):
        for table in filtered():
            if not refused(f'SELECT FROM "{table}"') and ask(f'SELECT 1 FROM "{table}" LIMIT 1'):
                seen.add(table)
    return seen - set(ONLY_WRITING_IS_FILTERED)


@pytest.fixture
def a_row_everywhere():
    """A row in every table that filters its rows, fitting nothing and belonging to nobody."""
    models = {model._meta.db_table: model for model in apps.get_models()}
    for table in filtered():
        make_row(models[table])


def test_without_settings_the_officers_site_sees_no_row_of_any_table(a_row_everywhere):
    assert seen_by(NOBODY) == set()


def test_an_officer_of_another_desk_sees_no_row_of_any_table_either(a_row_everywhere):
    stranger = seats.officer("case_worker", offices.desk())
    own = {"vault_memberkey", "vault_memberwrap"}  # their own keys, and nobody else's
    seen = seen_by(seats.actor_of_officer(stranger))

    assert {name for name in seen if not name.startswith("directory_")} == own
    # Services are of no person; who is on duty is for their own desk.
    assert not seen & {"directory_roster", "directory_shift", "directory_replacement"}


@pytest.mark.parametrize("table", ["cases_case", "vault_sealed", "oversight_meeting"])
def test_with_a_table_open_to_all_those_tests_would_fail(a_row_everywhere, table):
    ask(f"CREATE POLICY everybody ON {table} FOR SELECT TO himaya_staff USING (true)")

    assert seen_by(NOBODY) == {table}


def test_with_a_tables_filter_off_they_would_fail_too(a_row_everywhere):
    ask("ALTER TABLE justice_lawsuit DISABLE ROW LEVEL SECURITY")

    assert seen_by(NOBODY) == {"justice_lawsuit"}


def test_the_worker_reads_every_row_of_every_recorded_table(a_row_everywhere):
    """Else `ledger verify` would take what it cannot see for rows that are gone."""
    unseen = []
    with as_role("worker"):
        for model in recorded_models():
            columns = ", ".join(f'"{name}"' for name in recorded_columns(model))
            table = model._meta.db_table
            if refused(f"SELECT {columns} FROM {table}") or (
                table in filtered() and not ask(f"SELECT {columns} FROM {table}")
            ):
                unseen.append(table)

    assert unseen == []


def test_a_recorded_table_closed_to_the_worker_would_be_found(a_row_everywhere):
    ask("DROP POLICY count ON justice_lawsuit")

    with pytest.raises(AssertionError, match="justice_lawsuit"):
        test_the_worker_reads_every_row_of_every_recorded_table(a_row_everywhere)


def views_that_look_with_their_owners_eyes():
    return column(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND ("
        " relkind = 'm' OR (relkind = 'v' AND"
        " NOT coalesce(reloptions @> ARRAY['security_invoker=true'], false))) ORDER BY relname"
    )


def test_no_view_and_no_stored_view_goes_round_the_policies():
    assert views_that_look_with_their_owners_eyes() == []


def test_such_views_would_be_found():
    ask("CREATE VIEW one AS SELECT * FROM cases_case")
    ask("CREATE MATERIALIZED VIEW two AS SELECT * FROM cases_case")
    ask("CREATE VIEW three WITH (security_invoker=true) AS SELECT * FROM cases_case")

    assert views_that_look_with_their_owners_eyes() == ["one", "two"]


# Unique columns that are neither an id nor hang on one: what a duplicate of them would tell.
UNIQUE = {
    "cases_case(pseudonym)": "random; nobody types one in",
    "reporting_receipt(tag)": "half of an Argon2id hash of 20 secret digits",
    "enrolment_invitation(token_hash)": "SHA-256 of a token of 125 random bits",
    "accountability_canary(tag)": "an HMAC under a key outside the database",
    "accountability_alarm(kind, entry_index)": "numbers of the ledger; the worker alone writes it",
    "accountability_opening(entry_index)": "numbers of the ledger; the worker alone writes it",
    "accountability_review(entry_index)": "numbers of the ledger; the worker alone writes it",
    "vault_recoverykey(number)": "one ceremony after the other; the owner alone writes it",
    "vault_recoverykey(retired_at)": "one key in force; the owner alone writes it",
    "doors_partner(name)": "of an organisation; the owner alone writes it",
    "doors_partnerkey(digest)": "an HMAC of 256 random bits; the owner alone writes it",
    "statistics_casefact(handle)": "an HMAC under a key outside the database",
    "statistics_referralfact(handle)": "an HMAC under a key outside the database",
    "statistics_deskdigest(day)": "one a day; the worker alone writes it",
    "referrals_replycode(code_hash)": "SHA-256 of a code of 125 random bits",
    "statistics_importedfile(sha256, kind)": "of a file that its publisher made public",
    "oversight_meeting(number)": "the committee's own numbering, seen by all who may write it",
}


def duplicates_that_tell():
    """Unique sets of columns of filtered tables in which no column is the id of something."""
    found = ask(
        "SELECT c.relname, array_agg(a.attname ORDER BY a.attnum)::text[],"
        " bool_or(a.atttypid = 'uuid'::regtype)"
        " FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)"
        " WHERE c.relnamespace = 'public'::regnamespace AND i.indisunique AND c.relrowsecurity"
        " AND c.relname NOT LIKE 'audit%' GROUP BY c.relname, i.indexrelid"
    )
    return {f"{table}({', '.join(names)})" for table, names, has_id in found if not has_id}


def test_no_refused_duplicate_tells_an_officer_that_something_exists():
    """A unique name, number or plate would answer *is this person known?* across all agencies."""
    assert duplicates_that_tell() == set(UNIQUE)


def test_a_natural_key_would_be_found():
    ask("ALTER TABLE cases_case ADD UNIQUE (citizenship, opened_at)")

    assert duplicates_that_tell() - set(UNIQUE) == {"cases_case(opened_at, citizenship)"}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_officers_settings_end_with_the_transaction_of_their_request():
    officer = seats.officer("case_worker", offices.desk())
    with transaction.atomic():
        enter(seats.actor_of_officer(officer))
        backend = ask("SELECT pg_backend_pid()")
        assert settings_now() != [("", "", "")]

    with transaction.atomic():  # the next request on the same connection
        assert ask("SELECT pg_backend_pid()") == backend
        assert settings_now() == [("", "", "")]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_settings_of_the_session_would_leak_into_the_next_request():
    with transaction.atomic():
        ask("SELECT set_config('himaya.desks', 'leaked', false)")
    try:
        with transaction.atomic(), pytest.raises(AssertionError):
            assert settings_now() == [("", "", "")]
    finally:
        connection.close()


def settings_now():
    names = ("himaya.actor", "himaya.desks", "himaya.permissions")
    return ask(
        "SELECT " + ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in names)
    )
