"""Two officers press at once: one has the caller."""

import pytest

from himaya.hotline.drafts import read
from himaya.hotline.errors import AlreadyOnCall, CallOver, HandoverOver
from himaya.hotline.models import Call, Draft, Handover
from himaya.hotline.operations.hand_over import take_back
from himaya.reporting.models import Report
from tests.factories.calls import STORY, filed, handed, notes, on_line, taken
from tests.factories.moments import NOON
from tests.factories.races import at_once
from tests.hotline.conftest import crew

pytestmark = [pytest.mark.slow, pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene():
    """In place of the file's: every actor here has a connection of their own."""
    return crew()


@pytest.fixture
def db():
    """As above: what is done is committed."""


def test_of_two_who_take_a_caller_one_has_them():
    people = crew()
    other = people.operator
    call = on_line(people.elsewhere, told=notes())
    handover = handed(people.elsewhere, call, people.colleague.desk.pk)

    ends = at_once(lambda: taken(people.colleague, handover), lambda: taken(other, handover))

    won = [end for end in ends if isinstance(end, Call)]
    assert len(won) == 1
    assert sum(isinstance(end, HandoverOver) for end in ends) == 1
    assert Handover.objects.get().taken_by_id == Call.objects.get().operator_id
    winner = next(who for who in (people.colleague, other) if who.officer.pk == won[0].operator_id)
    with winner.works():
        assert read(winner.keyring, Call.objects.get(), NOON).answers.story == STORY


def test_who_takes_and_who_takes_back_do_not_both():
    people = crew()
    who, call = people.operator, on_line(people.operator, told=notes())
    handover = handed(who, call, people.colleague.desk.pk)

    def back():
        with who.works():
            return take_back(actor=who.actor, keyring=who.keyring, handover_id=handover.pk, at=NOON)

    ends = at_once(lambda: taken(people.colleague, handover), back)

    assert sum(isinstance(end, Call | Handover) for end in ends) == 1
    assert sum(isinstance(end, HandoverOver | CallOver) for end in ends) == 1
    left = Handover.objects.get()
    assert (left.taken_at is None) != (left.withdrawn_at is None)


def test_of_two_calls_begun_at_once_one_is_refused():
    people = crew()

    ends = at_once(lambda: on_line(people.operator), lambda: on_line(people.operator))

    assert sum(isinstance(end, AlreadyOnCall) for end in ends) == 1
    assert Call.objects.count() == Draft.objects.count() == 1


def test_filed_twice_at_once_is_one_report():
    people = crew()
    call = on_line(people.operator, told=notes())

    ends = at_once(*[lambda: filed(people.operator, call)] * 2)

    assert sum(isinstance(end, CallOver) for end in ends) == 1
    assert Report.objects.count() == 1
