"""Whatever a superuser does to the ledger's tables, `verify` names the first bad entry.

Each attack stands beside the check that finds it: with that check off, and nothing else, the same
attack goes unnoticed.
"""

import pytest
from django.db import ProgrammingError, connection, transaction

from himaya.audit import verify as proving
from himaya.audit.canonical import ACT_FIELDS, act_bytes
from himaya.audit.models import Checkpoint, Entry, Pending, TreeHead
from himaya.audit.sequencer import commitment, sign_checkpoint
from himaya.audit.verify import Fault, verify
from tests.factories.ledger import act, by_hand, later, mend_place, numbered

pytestmark = pytest.mark.django_db
EIGHT, ELEVEN = 8, 11  # entries under the newest signed head, and all entries

OTHER = {  # another value for each column of an act
    "id": "gen_random_uuid()",
    "at": "at + interval '1 microsecond'",
    "act": "'tests.other'",
    "actor_kind": "'site'",
    "actor_name": "'prosecutor'",
    "actor_id": "NULL",
    "desk_id": "gen_random_uuid()",
    "subject_id": "gen_random_uuid()",
    "purpose": "''",
    "facts": "'{}'",
    "rows": '\'[["cases_case","x",[],""]]\'',
    "mac": "decode('00', 'hex')",
    "salt": "decode('00', 'hex')",
    "leaf": "decode('00', 'hex')",
}


@pytest.fixture(autouse=True)
def one_transaction(monkeypatch):
    """These tests run inside a transaction, which cannot become a snapshot any more."""
    monkeypatch.setattr(proving, "SNAPSHOT", "SELECT 1")


@pytest.fixture
def outside(tmp_path):
    """Eight acts under a signed head with a copy outside, three more numbered, two waiting."""
    numbered(3)
    sign_checkpoint(at=later(3))
    numbered(5, first=3)
    copy = tmp_path / "checkpoint"
    copy.write_text(sign_checkpoint(at=later(8)).note.rstrip("\n"))
    numbered(3, first=EIGHT)
    act(11)
    act(12)
    return copy


def first_fault(outside):
    faults = verify(last_checkpoint=outside).faults
    return (faults[0].index, faults[0].reason) if faults else None


@pytest.fixture
def without(monkeypatch):
    """Switch some of the verifier's checks off."""

    def switch_off(*checks):
        for check in checks:
            monkeypatch.setattr(proving, check, {"_check_place": lambda *_: None}.get(check, quiet))

    return switch_off


def quiet(_act):
    return ""


def test_a_ledger_that_nobody_touched_is_whole(outside):
    proof = verify(last_checkpoint=outside)

    assert proof.faults == []
    assert (proof.entries, proof.pending, proof.checkpoints) == (ELEVEN, 2, 2)


def test_an_empty_ledger_is_whole():
    assert verify().faults == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET purpose = '' WHERE index = 4",
        "DELETE FROM audit_entry WHERE index = 4",
        "TRUNCATE audit_entry",
    ],
)
def test_the_table_refuses_change_even_by_a_superuser(outside, statement):
    with (
        pytest.raises(ProgrammingError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    by_hand(statement)  # unless they put the triggers to sleep: then `verify` must tell
    assert verify().faults != []


@pytest.mark.parametrize("column", [*ACT_FIELDS, "mac", "salt", "leaf"])
@pytest.mark.parametrize("index", [4, 10])
def test_an_entry_changed_in_any_column_is_named(outside, without, column, index):
    by_hand(f"UPDATE audit_entry SET {column} = {OTHER[column]} WHERE index = {index}")

    assert first_fault(outside)[0] == index


def test_no_column_of_an_entry_is_left_out_of_that_test():
    assert {field.column for field in Entry._meta.concrete_fields} == {*OTHER, "index"}


@pytest.mark.parametrize("column", sorted({*ACT_FIELDS} - {"rows"}))
def test_with_the_leafs_check_off_a_changed_act_would_still_lack_its_mac(outside, without, column):
    by_hand(f"UPDATE audit_entry SET {column} = {OTHER[column]} WHERE index = 4")

    without("_leaf_fault")
    assert first_fault(outside) == (4, "no process of this installation wrote this entry")
    without("_leaf_fault", "_mac_fault")
    assert first_fault(outside) is None


def rewrite(index, **values):
    """What an attacker can do who knows the code and not the key: a new leaf for a new act."""
    entry = Entry.objects.get(index=index)
    for name, value in values.items():
        setattr(entry, name, value)
    leaf = commitment(bytes(entry.salt), act_bytes(entry))
    by_hand(
        "UPDATE audit_entry SET purpose = %s, leaf = %s WHERE index = %s",
        entry.purpose,
        leaf,
        index,
    )
    mend_place()


def test_a_leaf_made_anew_does_not_help_who_lacks_the_mac_key(outside, without):
    rewrite(9, purpose="to_hide")

    assert first_fault(outside) == (9, "no process of this installation wrote this entry")
    without("_mac_fault")
    assert first_fault(outside) is None


def test_even_with_the_mac_key_a_signed_head_cannot_be_rewritten(outside, without):
    rewrite(5, purpose="to_hide")

    without("_mac_fault")  # as if the attacker had made a right MAC
    assert first_fault(outside) == (7, "the signed checkpoint has another root here")
    by_hand("DELETE FROM audit_checkpoint")
    assert first_fault(outside)[0] == 7
    assert first_fault(None) is None  # the copy outside is what tells


def swap(one, other):
    by_hand("UPDATE audit_entry SET index = -1 WHERE index = %s", one)
    by_hand("UPDATE audit_entry SET index = %s WHERE index = %s", one, other)
    by_hand("UPDATE audit_entry SET index = %s WHERE index = -1", other)
    mend_place()


@pytest.mark.parametrize(("one", "other"), [(1, 6), (9, 10)])
def test_two_entries_that_changed_places_are_named(outside, one, other):
    swap(one, other)

    assert first_fault(outside) == (one, "the entry does not stand where it was numbered")


def test_with_the_check_of_places_off_a_swap_after_the_last_head_goes_unnoticed(outside, without):
    swap(9, 10)

    without("_place_fault")
    assert first_fault(outside) is None


@pytest.mark.parametrize("index", [0, 4, 9])
def test_an_entry_that_is_gone_is_named(outside, index):
    by_hand("DELETE FROM audit_entry WHERE index = %s", index)
    mend_place()

    found = first_fault(outside)
    assert found == (index, f"entry {index} is missing: the next one is {index + 1}")


def test_closing_the_gap_does_not_hide_it(outside, without):
    by_hand("DELETE FROM audit_entry WHERE index = 9")
    by_hand("UPDATE audit_entry SET index = 9 WHERE index = 10")
    mend_place()

    assert first_fault(outside) == (9, "the entry does not stand where it was numbered")
    without("_place_fault")
    assert first_fault(outside) is None


def test_an_end_that_was_cut_off_shows_by_the_sequencers_place(outside, without):
    by_hand("DELETE FROM audit_entry WHERE index = 10")

    assert first_fault(outside) == (10, "the sequencer does not stand where the entries end")
    without("_check_place")
    assert first_fault(outside) is None


def test_an_end_cut_off_with_care_shows_by_the_head_kept_outside(outside):
    by_hand("DELETE FROM audit_entry WHERE index >= 6")
    by_hand("DELETE FROM audit_checkpoint WHERE size > 6")
    mend_place()

    found = verify(last_checkpoint=outside).faults
    assert Fault(6, "a signed checkpoint covers 8 entries; the end is missing") in found
    assert found[0].index == 6
    assert first_fault(None) is None


def test_a_ledger_emptied_with_care_shows_by_the_head_kept_outside(outside):
    for table in ("audit_entry", "audit_pending", "audit_checkpoint", "audit_treehead"):
        by_hand(f"TRUNCATE {table}")

    assert first_fault(outside)[0] == 0
    assert first_fault(None) is None


FORGED = """
INSERT INTO audit_{table} ({columns} {more})
SELECT {values} {added} FROM audit_entry WHERE index = 10
"""


def forge(table, more="", added=""):
    columns = [*ACT_FIELDS, "mac"]
    values = ["gen_random_uuid()" if name == "id" else name for name in columns]
    by_hand(
        FORGED.format(
            table=table,
            columns=", ".join(columns),
            values=", ".join(values),
            more=more,
            added=added,
        )
    )


def test_an_entry_put_in_by_hand_is_named(outside, without):
    forge("entry", ", index, salt, leaf", ", 11, salt, leaf")
    rewrite(11)

    assert first_fault(outside) == (11, "the entry does not stand where it was numbered")
    without("_place_fault")
    assert first_fault(outside) == (11, "no process of this installation wrote this entry")
    without("_place_fault", "_mac_fault")
    assert first_fault(outside) is None


def test_a_true_entry_put_in_twice_is_named(outside):
    by_hand("ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_numbered_once")
    forge("entry", ", index, salt, leaf", ", 11, salt, leaf")
    by_hand("UPDATE audit_entry SET id = (SELECT id FROM audit_entry WHERE index = 10)")
    mend_place()

    assert first_fault(outside) is not None


@pytest.mark.parametrize("column", [*ACT_FIELDS, "mac"])
def test_a_waiting_act_changed_in_any_column_is_named(outside, without, column):
    by_hand(
        f"UPDATE audit_pending SET {column} = {OTHER[column]}"
        " WHERE arrived = (SELECT max(arrived) FROM audit_pending)"
    )

    found = first_fault(outside)
    assert found[0] == ELEVEN + 1
    assert "no process of this installation wrote this entry" in found[1]
    without("_mac_fault")
    if column != "rows":
        assert first_fault(outside) is None


def test_a_waiting_act_put_in_by_hand_is_named(outside, without):
    forge("pending")

    assert first_fault(outside)[0] == ELEVEN + 2
    without("_mac_fault")
    assert first_fault(outside) is None


def test_what_was_put_in_by_hand_is_numbered_as_evidence_and_stays_named(outside):
    forge("pending")
    proving_before = first_fault(outside)
    numbered(0)

    assert Pending.objects.count() == 0
    assert first_fault(outside)[0] == proving_before[0]


def test_a_head_changed_in_the_table_is_named(outside):
    Checkpoint.objects.filter(size=EIGHT).update(note="nothing")

    assert first_fault(None) == (7, "checkpoint 8 is not what this installation signed")


def test_two_heads_that_changed_places_are_named(outside):
    by_hand("UPDATE audit_checkpoint SET size = size + 100")
    by_hand("UPDATE audit_checkpoint SET size = 3 WHERE size = 108")
    by_hand("UPDATE audit_checkpoint SET size = 8 WHERE size = 103")

    assert first_fault(None) == (2, "checkpoint 3 is not what this installation signed")


def test_a_head_that_is_gone_is_named_by_its_copy_outside(outside):
    Checkpoint.objects.filter(size=EIGHT).delete()

    assert first_fault(outside) == (7, "checkpoint 8 is not the one kept outside")
    assert first_fault(None) is None


def test_a_copy_outside_that_nobody_signed_is_named(outside):
    outside.write_text(outside.read_text().replace("\n8\n", "\n7\n"))

    assert first_fault(outside)[1].startswith("the checkpoint outside the database was not signed")


def test_a_copy_outside_that_is_missing_is_not_a_fault(outside):
    outside.unlink()

    assert first_fault(outside) is None


def test_a_moved_sequencer_is_named(outside, without):
    TreeHead.objects.update(size=9)

    assert first_fault(outside) == (9, "the sequencer does not stand where the entries end")
    without("_check_place")
    assert first_fault(outside) is None


def test_limit_reads_after_the_newest_head_outside_can_be_cut_off_with_care(outside):
    """What no check can show: acts that changed no row, between two signed heads, and their place.

    The worker signs every ten seconds for this reason.
    """
    by_hand("DELETE FROM audit_entry WHERE index >= 9")
    mend_place()

    assert first_fault(outside) is None
