"""Two at once over one act of two."""

import pytest

from himaya.accounts import two_person
from himaya.accounts.errors import NotApproved, NotWaiting
from himaya.accounts.models import TwoPersonAct
from tests.factories.moments import NOON
from tests.factories.races import at_once
from tests.factories.two_person import approved, asked, bodies, person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]


def kinds(ends):
    return sorted(type(end).__name__ for end in ends)


def test_of_two_who_allow_at_once_one_decides():
    two = bodies()
    request, third = asked(two), person(two.kind, "third body")[1]

    ends = at_once(
        lambda: two_person.approve(actor=two.other, request_id=request.pk, at=NOON),
        lambda: two_person.refuse(actor=third, request_id=request.pk, at=NOON),
    )

    assert kinds(ends) == [NotWaiting.__name__, TwoPersonAct.__name__]


def test_what_is_taken_back_while_somebody_allows_it_is_one_or_the_other():
    two = bodies()
    request = asked(two)

    ends = at_once(
        lambda: two_person.approve(actor=two.other, request_id=request.pk, at=NOON),
        lambda: two_person.withdraw(actor=two.asker, request_id=request.pk, at=NOON),
    )

    assert kinds(ends) == [NotWaiting.__name__, TwoPersonAct.__name__]
    request.refresh_from_db()
    assert (request.confirmed is True) is (request.withdrawn_at is None)


def test_what_was_allowed_once_is_done_once():
    two = bodies()
    request = approved(two)
    use = {"actor": two.asker, "act": request.act, "subject_id": request.subject_id, "at": NOON}

    ends = at_once(*[lambda: two_person.use(**use)] * 2)

    assert kinds(ends) == [NotApproved.__name__, TwoPersonAct.__name__]
