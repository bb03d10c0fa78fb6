"""A superuser of the database against the ledger: every table, every column, every kind of deed.

The tables and columns come from the models, so that a new one is attacked without being listed.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps

from himaya.audit import examining, heads, rows
from himaya.audit import verify as proving
from himaya.audit.digests import recorded_models
from himaya.audit.record import columns_of
from himaya.audit.sequencer import number_pending
from himaya.audit.verify import verify
from tests.factories.catalogue import column
from tests.factories.ledger import OTHER, act, by_hand, first_fault, forge, mend_place, numbered
from tests.factories.rows import VALUES as OTHERS
from tests.factories.rows import another, column_types, make_row
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_transaction"), pytest.mark.slow]
LEDGER = sorted(apps.get_app_config("audit").get_models(), key=lambda model: model._meta.db_table)
COLUMNS = [(model, field.column) for model in LEDGER for field in model._meta.concrete_fields]
RECORDED = pytest.mark.parametrize(
    "model", recorded_models(), ids=lambda model: model._meta.db_table
)
# Of each table of the ledger, the row that is attacked, and the entry that must be named.
ATTACKED = {
    "audit_entry": ('"index" = 10', 10),
    "audit_pending": ("arrived = (SELECT max(arrived) FROM audit_pending)", 12),
    "audit_checkpoint": ("size = 3", 2),
    "audit_treehead": ("id = 1", 0),
}
# What is named when the attack moved the row itself, or where the sequencer stands.
NAMED = {("audit_checkpoint", "size"): 3, ("audit_treehead", "size"): 11}
NAMED |= {("audit_treehead", "frontier"): 11}
CHECKS = ("leaf_fault", "place_fault", "mac_fault")


@contextmanager
def blind() -> Iterator[None]:
    """A verifier that looks at nothing but its own arithmetic."""
    with pytest.MonkeyPatch.context() as patch:
        for check in CHECKS:
            patch.setattr(examining, check, lambda *_asked: "")
        patch.setattr(examining, "_gaps", lambda _lines: [])
        patch.setattr(proving, "missing", lambda *_asked: (0, ""))
        patch.setattr(proving.Proof, "add", lambda *_asked: None)
        patch.setattr(proving.Proof, "add_row", lambda *_asked: None)
        yield


def test_every_table_of_the_ledger_is_attacked():
    assert {model._meta.db_table for model in LEDGER} == set(ATTACKED)


@threat("B7", off=blind)
@pytest.mark.parametrize(
    ("model", "name"), COLUMNS, ids=lambda value: getattr(value, "__name__", value)
)
def test_a_changed_column_of_the_ledger_is_named(published, model, name):
    table = model._meta.db_table
    which, entry = ATTACKED[table]
    kind = column_types(table)[name]
    by_hand("ALTER TABLE audit_treehead DROP CONSTRAINT audit_tree_head_is_one")
    assert first_fault(published) is None

    change = OTHER["rows"] if name == "rows" else OTHERS[kind][1].format(f'"{name}"')
    by_hand(f'UPDATE {table} SET "{name}" = {change} WHERE {which}')

    found = first_fault(published)
    assert found is not None
    assert found[0] == NAMED.get((table, name), entry)


@threat("B7", off=blind)
def test_with_all_keys_stolen_the_published_tiles_still_name_the_entry(published):
    """As if the attacker could make every MAC, salt, leaf and place anew."""
    by_hand("UPDATE audit_entry SET leaf = sha256('rewritten') WHERE index = 4")
    mend_place()
    by_hand("TRUNCATE audit_checkpoint")
    heads.copy(published).unlink()
    with pytest.MonkeyPatch.context() as patch:
        for check in CHECKS:
            patch.setattr(examining, check, lambda *_asked: "")

        assert first_fault(published) == (4, "the entry is not the one that was published here")


DEEDS = {
    "an entry taken out": ("DELETE FROM audit_entry WHERE index = 5", 5),
    "the end taken out": ("DELETE FROM audit_entry WHERE index > 8", 9),
    "all entries taken out": ("TRUNCATE audit_entry", 0),
    "an entry put in": (
        "INSERT INTO audit_entry SELECT gen_random_uuid(), at, act, actor_kind, actor_name,"
        " actor_id, desk_id, subject_id, purpose, facts, rows, mac, 11, salt, leaf"
        " FROM audit_entry WHERE index = 10",
        11,
    ),
    "two entries that changed places": (
        "UPDATE audit_entry SET index = CASE index WHEN 9 THEN -10 ELSE -9 END"
        " WHERE index IN (9, 10); UPDATE audit_entry SET index = -index WHERE index < 0",
        9,
    ),
    "a head put in": (
        "INSERT INTO audit_checkpoint SELECT 5, note FROM audit_checkpoint WHERE size = 3",
        4,
    ),
    "two heads that changed places": (
        "UPDATE audit_checkpoint SET size = CASE size WHEN 3 THEN -8 ELSE -3 END;"
        " UPDATE audit_checkpoint SET size = -size",
        2,
    ),
    "the newest head taken out": ("DELETE FROM audit_checkpoint WHERE size = 8", 7),
    "all heads taken out": ("TRUNCATE audit_checkpoint", 7),
    "the sequencer's place taken out": ("TRUNCATE audit_treehead", 0),
}


@threat("B7", off=blind)
@pytest.mark.parametrize(("deed", "entry"), DEEDS.values(), ids=DEEDS)
def test_a_deed_in_the_ledger_is_named(published, deed, entry):
    assert first_fault(published) is None

    for statement in deed.split(";"):
        by_hand(statement)

    found = first_fault(published)
    assert found is not None
    assert found[0] == entry


@threat("B7", off=blind)
def test_a_waiting_act_put_in_is_named(published):
    forge("pending")

    found = first_fault(published)
    assert found is not None
    assert found[0] == 13


@pytest.fixture
def only(monkeypatch):
    """Look at one table only, so that a test of one table takes no time for the others."""

    def look(model):
        monkeypatch.setattr(rows, "recorded_models", lambda: [model])

    return look


@contextmanager
def deaf() -> Iterator[None]:
    """A verifier that does not look at rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proving, "check_rows", lambda *_asked: None)
        yield


def entries_named():
    return [fault.index for fault in verify().faults]


def allow_twins(table):
    """Let rows of a table be alike in everything but their key."""
    for index in column(UNIQUE.format(table)):
        by_hand(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{index}" CASCADE')
        by_hand(f'DROP INDEX IF EXISTS "{index}"')


UNIQUE = """
SELECT indexrelid::regclass::text FROM pg_index
WHERE indrelid = '{}'::regclass AND (indisunique OR indisexclusion) AND NOT indisprimary
"""


@threat("B7", off=deaf)
@RECORDED
def test_a_row_changed_in_any_column_is_named(model, only):
    only(model)
    numbered(1)
    row = make_row(model)
    act(1, rows=[row])
    number_pending()

    for name in columns_of(row):
        if name != model._meta.pk.column:
            with another(row, name):
                assert entries_named() == [1], name
    assert entries_named() == []


@threat("B7", off=deaf)
@RECORDED
def test_rows_taken_out_put_in_swapped_and_emptied_are_named(model, only):
    only(model)
    table, key = model._meta.db_table, model._meta.pk.column
    allow_twins(table)
    one, two = make_row(model), make_row(model)
    act(0, rows=[one])
    act(1, rows=[two])
    number_pending()
    assert entries_named() == []

    by_hand(f'CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM "{table}"')
    by_hand(f'DELETE FROM "{table}" WHERE "{key}" = %s', two.pk)
    assert entries_named() == [1]
    by_hand(f'DELETE FROM "{table}"')
    assert entries_named() == [0, 1]
    by_hand(f'INSERT INTO "{table}" OVERRIDING SYSTEM VALUE SELECT * FROM kept')
    assert entries_named() == []
    make_row(model)
    assert entries_named() == [2]
