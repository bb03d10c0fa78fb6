"""Whatever a superuser does beside the entries, `verify` names the first bad one.

Each attack stands beside the check that finds it: with that check off, and nothing else, the same
attack goes unnoticed.
"""

import pytest

from himaya.audit import heads
from himaya.audit.canonical import ACT_FIELDS
from himaya.audit.models import Checkpoint, Pending, TreeHead
from tests.factories.ledger import (
    EIGHT,
    ELEVEN,
    OTHER,
    by_hand,
    first_fault,
    forge,
    mend_place,
    numbered,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_transaction"), pytest.mark.slow]


@pytest.mark.parametrize("column", [*ACT_FIELDS, "mac"])
def test_a_waiting_act_changed_in_any_column_is_named(outside, without, column):
    by_hand(
        f"UPDATE audit_pending SET {column} = {OTHER[column]}"
        " WHERE arrived = (SELECT max(arrived) FROM audit_pending)"
    )

    found = first_fault(outside)
    assert found[0] == ELEVEN + 1
    assert "no process of this installation wrote this entry" in found[1]
    without("mac_fault")
    if column != "rows":
        assert first_fault(outside) is None


def test_a_waiting_act_put_in_by_hand_is_named(outside, without):
    forge("pending")

    assert first_fault(outside)[0] == ELEVEN + 2
    without("mac_fault")
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

    assert first_fault(outside) == (7, "checkpoint 8 is not the checkpoint outside the database")
    assert first_fault(None) is None


def test_a_copy_outside_that_nobody_signed_is_named(outside):
    copy = heads.copy(outside)
    copy.write_text(copy.read_text().replace("\n8\n", "\n7\n"))

    assert first_fault(outside)[1].startswith("the checkpoint outside the database was not signed")


def test_a_copy_outside_that_is_missing_is_not_a_fault(outside):
    heads.copy(outside).unlink()

    assert first_fault(outside) is None


def test_a_moved_sequencer_is_named(outside, without):
    TreeHead.objects.update(size=9)

    assert first_fault(outside) == (9, "the sequencer does not stand where the entries end")
    without("check_place")
    assert first_fault(outside) is None


def test_a_signed_head_alone_shows_nothing_of_reads_that_came_after_it(outside):
    """Acts that changed no row, between two heads, and their place: why there is a journal.

    `test_journal.py` shows the same cut with the journal there.
    """
    by_hand("DELETE FROM audit_entry WHERE index >= 9")
    mend_place()

    assert first_fault(outside) is None
