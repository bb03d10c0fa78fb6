"""Everything that becomes of a call stands in the ledger, and none of what was said in it."""

import pytest

from himaya.audit import verify as proving
from himaya.audit.models import Entry
from himaya.audit.sequencer import number_pending
from himaya.audit.verify import verify
from himaya.hotline.models import Call
from himaya.hotline.operations.hand_over import take_back
from himaya.hotline.operations.note import note
from tests.factories.calls import filed, handed, notes, on_line, over, taken, typed
from tests.factories.catalogue import ask
from tests.factories.moments import NOON

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db")]


@pytest.fixture(autouse=True)
def one_transaction(monkeypatch):
    """These tests run inside a transaction, which cannot become a snapshot any more."""
    monkeypatch.setattr(proving, "SNAPSHOT", "SELECT 1")


@pytest.fixture
def whole_way(people) -> Call:
    """A call whose number was typed in, in two languages, handed on at the second try, filed."""
    who, call = people.operator, on_line(people.operator, told=notes())
    typed(who, call)
    with who.works():
        note(actor=who.actor, call_id=call.pk, notes=notes(), language="bn", at=NOON)
    first = handed(who, call, people.colleague.desk.pk)
    with who.works():
        take_back(actor=who.actor, keyring=who.keyring, handover_id=first.pk, at=NOON)
    taken(people.colleague, handed(who, call, people.colleague.desk.pk))
    filed(people.colleague, call)
    over(people.operator, on_line(people.operator), "silent")
    return call


def faults():
    """What the ledger says is wrong with rows of calls."""
    while number_pending():
        pass
    return [fault.reason for fault in verify().faults if fault.reason.startswith("hotline_")]


def test_each_act_left_an_entry_and_no_keystroke_did(whole_way):
    assert faults() == []
    acts = Entry.objects.filter(subject_id=whole_way.pk).order_by("index")
    assert [entry.act for entry in acts] == [
        "hotline.began",
        "hotline.number_asked",
        "hotline.language",
        "hotline.offered",
        "hotline.taken_back",
        "hotline.offered",
        "hotline.taken",
        "hotline.ended",
    ]


@pytest.mark.parametrize(
    "by_hand",
    [
        "UPDATE hotline_call SET outcome = 'prank'",
        "UPDATE hotline_call SET earlier = 9 WHERE earlier IS NOT NULL",
        "UPDATE hotline_handover SET withdrawn_at = now() WHERE withdrawn_at IS NOT NULL",
        "DELETE FROM hotline_handover WHERE taken_at IS NOT NULL",
    ],
)
def test_a_row_changed_by_hand_is_found(whole_way, by_hand):
    ask(by_hand)

    assert faults()


def test_no_entry_holds_a_word_of_the_call_or_its_number(whole_way):
    faults()

    for entry in Entry.objects.all():
        written = f"{entry.facts}{entry.rows}{entry.purpose}"
        assert "canary" not in written
        assert "5512" not in written.replace(" ", "")
