"""Two who count at once, and two who stop the same clock."""

from datetime import timedelta

import pytest
from django.db import transaction

from himaya.agencies.models import Desk
from himaya.cases.models import TrackState
from himaya.cases.operations.by_itself import take_due
from himaya.cases.tracks import take_step
from himaya.clocks.errors import AlreadyStopped
from himaya.clocks.models import Call, Deadline, Pause
from himaya.clocks.operations.calling import call
from himaya.clocks.operations.pausing import pause
from himaya.kernel.access import job
from himaya.packs.vocabulary import GUARDS
from tests.clocks.actors import officer
from tests.factories import cases
from tests.factories.moments import NOON
from tests.factories.offices import desk
from tests.factories.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]
CLOCKS = job("clocks")
LATE = NOON + timedelta(days=60)


@pytest.fixture
def case():
    return cases.case(desk(Desk.Kind.CASEWORK), desk(Desk.Kind.IDENTIFICATION))


def test_two_workers_take_each_level_once(case):
    def count():
        taken = 0
        while found := call(actor=CLOCKS, reached=LATE, at=LATE):
            taken += found
        return taken

    ends = at_once(count, count, count)

    duties = Deadline.objects.filter(kind=Deadline.Kind.DUTY).count()
    assert sum(ends) == duties
    assert Call.objects.count() == duties * 4


def test_two_workers_end_a_period_once(case):
    with transaction.atomic():
        for step in ("start_screening", "presume", "begin_recovery"):
            take_step(step_id=step, case_id=case.pk, actor=CLOCKS, held=GUARDS, at=NOON)

    def end():
        return take_due(actor=CLOCKS, reached=LATE, at=LATE)

    ends = at_once(end, end)

    assert sum(ends) == 1
    assert TrackState.objects.get(case=case, track="recovery").state == "ended"


def test_of_two_who_stop_the_same_clock_one_does(case):
    actor = officer(case.desk_id)

    def stop():
        return pause(actor=actor, case_id=case.pk, reason="person_unreachable", at=NOON)

    ends = at_once(stop, stop)

    assert [type(end) for end in ends if not isinstance(end, list)] == [AlreadyStopped], ends
    assert Pause.objects.count() == 1
