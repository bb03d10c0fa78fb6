"""Two at once over one paper, and a suspension beside a sign of life."""

import pytest

from himaya.accounts.models import Officer, Session
from himaya.enrolment.errors import TokenNotValid
from himaya.enrolment.operations.joining import Joined
from himaya.enrolment.operations.suspending import Why, suspend
from tests.factories import personnel
from tests.factories.moments import NOON
from tests.factories.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]


def test_of_two_who_hold_the_same_paper_one_comes_in():
    paper = personnel.invited(personnel.bodies())

    ends = at_once(*[lambda: personnel.comes_in(paper.token)] * 2)

    assert {type(end) for end in ends} == {Joined, TokenNotValid}, ends


def test_two_who_lock_out_the_same_officer_both_find_them_locked_out():
    by = personnel.bodies()
    by.worker.browser()

    def lock_out(seat):
        with seat.works():
            return suspend(
                actor=seat.actor, officer_id=by.worker.officer.pk, why=Why.UNDER_REVIEW, at=NOON
            )

    ends = at_once(lambda: lock_out(by.personnel), lambda: lock_out(by.second))

    assert [type(end) for end in ends] == [Officer, Officer], ends
    assert not Officer.objects.get(pk=by.worker.officer.pk).is_active
    assert not Session.objects.filter(officer=by.worker.officer).exists()
