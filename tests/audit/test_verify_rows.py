"""A row edited beside the ledger is found, in every column of every table that it vouches for."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import isolate_apps

from himaya.audit import rows
from himaya.audit import verify as proving
from himaya.audit.digests import recorded, recorded_columns, recorded_models
from himaya.audit.models import Entry
from himaya.audit.record import columns_of
from himaya.audit.sequencer import number_pending
from himaya.audit.verify import verify
from tests.factories.ledger import act, by_hand, numbered
from tests.factories.rows import another, make_row, save

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_transaction")]
RECORDED = sorted(filter(recorded, apps.get_models()), key=lambda model: model._meta.db_table)
# Columns that change without an act.
LEFT_OUT = {
    "accounts_officer": {"last_login", "password"},
    "notices_outgoing": {"attempts", "not_before"},
}
EVERY_TABLE = pytest.mark.parametrize("model", RECORDED, ids=lambda model: model._meta.db_table)


@pytest.fixture
def only(monkeypatch):
    """Look at one table only, so that a test of one table takes no time for the others."""
    return lambda table: monkeypatch.setattr(rows, "recorded_models", lambda: models_of(table))


def models_of(table):
    return [model for model in recorded_models() if model._meta.db_table == table]


def faults():
    return [(fault.index, fault.reason) for fault in verify().faults]


@pytest.mark.slow
@EVERY_TABLE
def test_a_row_changed_in_any_column_is_named_with_the_entry_that_left_it(model, only):
    only(model._meta.db_table)
    numbered(2)
    row = make_row(model)
    act(2, rows=[row])
    number_pending()
    assert faults() == []

    for column in columns_of(row):
        if column == "id":
            continue
        with another(row, column):
            expected = f"{model._meta.db_table} {row.pk}: the row is not as this entry left it"
            assert faults() == [(2, expected)], column
    assert faults() == []


@EVERY_TABLE
def test_every_column_that_acts_change_is_digested(model):
    digested = set(columns_of(make_row(model)))
    left_out = set(getattr(model, "unrecorded_columns", ()))

    assert digested | left_out == {field.column for field in model._meta.concrete_fields}
    assert left_out == LEFT_OUT.get(model._meta.db_table, set())


def test_what_no_act_vouches_for_says_why():
    ours = [model for model in apps.get_models() if model.__module__.startswith("himaya.")]
    unrecorded = {
        model._meta.db_table: getattr(model, "unrecorded", "")
        for model in ours
        if not recorded(model) and model._meta.app_label != "audit"
    }

    assert set(unrecorded) == {
        "accountability_opening",
        "accountability_scan",
        "accounts_session",
        "accounts_tries",
        "cases_move",
        "doors_seen",
        "hotline_caller",
        "hotline_draft",
        "recognition_side",
        "reporting_likeness",
        "retention_forecast",
        "vault_blindtoken",
        "vault_tokenuse",
        "vault_unlock",
        "statistics_importedfact",
        "statistics_publishedfigure",
    }
    assert all(len(reason.split()) > 5 for reason in unrecorded.values())


@pytest.fixture
def case():
    """A row of a table with much in it, recorded by entry 1."""
    model = apps.get_model("cases", "Case")
    numbered(1)
    row = make_row(model)
    act(1, rows=[row])
    number_pending()
    return row


def test_with_the_check_of_rows_off_an_edited_case_goes_unnoticed(case, monkeypatch):
    by_hand("UPDATE cases_case SET status = 'presumed' WHERE id = %s", case.pk)
    assert faults() != []

    monkeypatch.setattr(proving, "check_rows", lambda *_: None)

    assert faults() == []


def test_without_its_digest_no_row_is_known(case):
    other = make_row(type(case))
    act(2)  # does not name it
    number_pending()

    assert faults() == [(3, f"cases_case {other.pk}: no entry knows this row")]


def test_the_newest_entry_about_a_row_is_the_one_that_counts(case):
    case.status = "presumed"
    save(case)
    act(2, rows=[case])
    number_pending()
    assert faults() == []

    by_hand("UPDATE cases_case SET status = 'none' WHERE id = %s", case.pk)  # as it was before

    assert faults() == [(2, f"cases_case {case.pk}: the row is not as this entry left it")]


def test_a_row_taken_out_by_hand_is_named(case):
    by_hand("DELETE FROM cases_case")

    assert faults() == [(1, f"cases_case {case.pk}: the row that this entry left is gone")]


def test_a_table_emptied_by_hand_is_named(case):
    by_hand("TRUNCATE cases_case CASCADE")

    assert faults() == [(1, f"cases_case {case.pk}: the row that this entry left is gone")]


def test_a_row_put_in_by_hand_is_named_even_in_a_table_that_was_empty(case):
    model = apps.get_model("justice", "Lawsuit")
    row = make_row(model)

    assert faults() == [(2, f"justice_lawsuit {row.pk}: no entry knows this row")]


def test_with_only_the_tables_of_some_act_looked_at_that_row_would_go_unnoticed(case, monkeypatch):
    make_row(apps.get_model("justice", "Lawsuit"))

    monkeypatch.setattr(rows, "recorded_models", lambda: models_of("cases_case"))

    assert faults() == []


def test_two_rows_that_changed_keys_are_named(case):
    other = make_row(type(case))
    act(2, rows=[other])
    number_pending()
    one, two, spare = case.pk, other.pk, "00000000-0000-4000-8000-000000000000"

    for was, now in ((one, spare), (two, one), (spare, two)):
        by_hand("UPDATE cases_case SET id = %s WHERE id = %s", now, was)

    assert [index for index, _reason in faults()] == [1, 2]


def test_a_row_that_an_act_took_away_may_be_gone_and_must_not_come_back(case):
    act(2, gone=[case])
    number_pending()
    kept = raw("SELECT * FROM cases_case")
    assert [index for index, _reason in faults()] == [2]  # the act says gone, and it is not

    by_hand("CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM cases_case")
    by_hand("DELETE FROM cases_case")
    assert faults() == []

    by_hand("INSERT INTO cases_case SELECT * FROM kept")
    assert raw("SELECT * FROM cases_case") == kept
    assert faults() == [(2, f"cases_case {case.pk}: the row is not as this entry left it")]


def test_a_waiting_act_vouches_for_its_rows_too(case):
    case.status = "presumed"
    save(case)
    act(2, rows=[case])

    assert faults() == []
    by_hand("DELETE FROM audit_pending")
    assert faults() == [(1, f"cases_case {case.pk}: the row is not as this entry left it")]


def test_faults_of_the_ledger_come_before_the_rows_that_they_make_doubtful(case):
    case.status = "presumed"
    save(case)
    act(2, rows=[case])
    number_pending()
    by_hand("UPDATE audit_entry SET purpose = 'to_hide' WHERE index = 2")

    indexes = [index for index, _reason in faults()]

    assert indexes[0] == 2
    assert Entry.objects.count() == 3


def test_two_changes_waiting_in_the_wrong_order_are_named(case):
    for number, status in ((2, "presumed"), (3, "not_presumed")):
        case.status = status
        save(case)
        act(number, rows=[case])
    assert faults() == []

    by_hand("ALTER TABLE audit_pending ALTER arrived DROP IDENTITY")
    by_hand("UPDATE audit_pending SET arrived = -arrived")

    assert [reason for _index, reason in faults()] == [
        f"cases_case {case.pk}: the row is not as this entry left it"
    ]


def test_each_table_is_looked_at_by_its_own_key():
    for model in recorded_models():
        columns = ", ".join(f'"{name}"' for name in recorded_columns(model))
        assert raw(f"SELECT {columns} FROM {model._meta.db_table} LIMIT 1") == []


def raw(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


@isolate_apps()
def test_a_model_is_recorded_unless_it_says_otherwise():
    class Ours(models.Model):
        __module__ = "himaya.cases.models"

        class Meta:
            app_label = "cases"

    assert recorded(Ours)
    Ours.unrecorded = "a reason"
    assert not recorded(Ours)
