"""Whatever a superuser does to the entries, `verify` names the first bad entry.

Each attack stands beside the check that finds it: with that check off, and nothing else, the same
attack goes unnoticed.
"""

import pytest
from django.db import ProgrammingError, connection, transaction

from himaya.audit.canonical import ACT_FIELDS, act_bytes
from himaya.audit.examining import commitment
from himaya.audit.models import Entry
from himaya.audit.verify import Fault, verify
from tests.factories.ledger import ELEVEN, OTHER, by_hand, first_fault, forge, mend_place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_transaction"), pytest.mark.slow]


def test_a_ledger_that_nobody_touched_is_whole(outside):
    proof = verify(data=outside)

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
def test_an_entry_changed_in_any_column_is_named(outside, column):
    by_hand(f"UPDATE audit_entry SET {column} = {OTHER[column]} WHERE index = 10")

    assert first_fault(outside)[0] == 10


def test_no_column_of_an_entry_is_left_out_of_that_test():
    assert {field.column for field in Entry._meta.concrete_fields} == {*OTHER, "index"}


@pytest.mark.parametrize("column", sorted({*ACT_FIELDS} - {"rows"}))
def test_with_the_leafs_check_off_a_changed_act_would_still_lack_its_mac(outside, without, column):
    by_hand(f"UPDATE audit_entry SET {column} = {OTHER[column]} WHERE index = 4")

    without("leaf_fault")
    assert first_fault(outside) == (4, "no process of this installation wrote this entry")
    without("leaf_fault", "mac_fault")
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
    without("mac_fault")
    assert first_fault(outside) is None


def test_even_with_the_mac_key_a_signed_head_cannot_be_rewritten(outside, without):
    rewrite(5, purpose="to_hide")

    without("mac_fault")  # as if the attacker had made a right MAC
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

    without("place_fault")
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
    without("place_fault")
    assert first_fault(outside) is None


def test_an_end_that_was_cut_off_shows_by_the_sequencers_place(outside, without):
    by_hand("DELETE FROM audit_entry WHERE index = 10")

    assert first_fault(outside) == (10, "the sequencer does not stand where the entries end")
    without("check_place")
    assert first_fault(outside) is None


def test_an_end_cut_off_with_care_shows_by_the_head_kept_outside(outside):
    by_hand("DELETE FROM audit_entry WHERE index >= 6")
    by_hand("DELETE FROM audit_checkpoint WHERE size > 6")
    mend_place()

    found = verify(data=outside).faults
    assert Fault(6, "a signed checkpoint covers 8 entries; the end is missing") in found
    assert found[0].index == 6
    assert first_fault(None) is None


def test_a_ledger_emptied_with_care_shows_by_the_head_kept_outside(outside):
    for table in ("audit_entry", "audit_pending", "audit_checkpoint", "audit_treehead"):
        by_hand(f"TRUNCATE {table}")

    assert first_fault(outside)[0] == 0
    assert first_fault(None) is None


def test_an_entry_put_in_by_hand_is_named(outside, without):
    forge("entry", ", index, salt, leaf", ", 11, salt, leaf")
    rewrite(11)

    assert first_fault(outside) == (11, "the entry does not stand where it was numbered")
    without("place_fault")
    assert first_fault(outside) == (11, "no process of this installation wrote this entry")
    without("place_fault", "mac_fault")
    assert first_fault(outside) is None


def test_a_true_entry_put_in_twice_is_named(outside):
    by_hand("ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_numbered_once")
    forge("entry", ", index, salt, leaf", ", 11, salt, leaf")
    by_hand(
        "UPDATE audit_entry SET id = (SELECT id FROM audit_entry WHERE index = 10) WHERE index = 11"
    )
    mend_place()

    assert first_fault(outside) == (11, "the entry does not stand where it was numbered")
