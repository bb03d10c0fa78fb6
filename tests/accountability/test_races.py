"""Two at once: two workers who read the ledger on, two who settle the same alarm."""

from datetime import timedelta

import pytest

from himaya.accountability.errors import AlreadySettled
from himaya.accountability.models import Alarm
from himaya.accountability.operations.overseeing import close_alarm
from himaya.accountability.operations.scan import scan
from himaya.audit.sequencer import number_pending
from tests.factories.moments import NOON
from tests.factories.openings import WATCH, ended_case, open_file
from tests.factories.people import everybody, seat
from tests.factories.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]
Finding = Alarm.Finding


def browsed(people):
    """Three ended files were opened within minutes, and the ledger has numbered it."""
    for minute in range(3):
        open_file(people.worker, ended_case(people.worker), at=NOON + timedelta(minutes=minute))
    while number_pending():
        pass


def test_two_workers_raise_one_alarm():
    browsed(everybody())

    ends = at_once(*[lambda: scan(actor=WATCH, at=NOON)] * 2)

    assert [type(end) for end in ends] == [int, int], ends
    assert Alarm.objects.count() == 1


def test_of_two_who_close_an_alarm_one_is_told_that_it_is_settled():
    people = everybody()
    supervisor = seat("desk_supervisor", people.worker.desk)
    browsed(people)
    scan(actor=WATCH, at=NOON)
    alarm = Alarm.objects.get()

    def closes(who, finding):
        with who.works():
            return close_alarm(actor=who.actor, alarm_id=alarm.pk, finding=finding, at=NOON)

    ends = at_once(
        lambda: closes(supervisor, Finding.EXPLAINED),
        lambda: closes(people.overseer, Finding.MISUSE),
    )

    (closed,) = [end for end in ends if isinstance(end, Alarm)]
    assert [type(end) for end in ends if end is not closed] == [AlreadySettled]
    assert Alarm.objects.get().finding == closed.finding
