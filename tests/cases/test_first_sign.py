"""The time to presume counts from the first sign: from the report, or from an earlier interview."""

from datetime import timedelta

import pytest

from himaya.cases.models import Case
from himaya.clocks.models import Deadline
from himaya.identification.models import Screening
from himaya.packs.calendar import due_at
from himaya.packs.loader import current
from tests.factories import journey
from tests.factories.moments import NOON

pytestmark = pytest.mark.slow  # a whole way
DAY = timedelta(days=1)


def time_of(case):
    """The deadline of the decision whether the person is presumed a victim."""
    return Deadline.objects.get(case_id=case.pk, steps__contains=["presume"])


def test_a_report_that_waited_has_used_up_its_time(people):
    report = journey.reported(people)
    type(report).objects.filter(pk=report.pk).update(received_at=NOON - 7 * DAY)

    case = journey.opened(people, report)
    journey.screened(people, case)
    journey.presumed(people, case)

    clock = current().clock("presumption_decision")
    assert Case.objects.get(pk=case.pk).first_sign_at == NOON - 7 * DAY
    assert time_of(case).started_at == NOON - 7 * DAY
    assert time_of(case).due_at == due_at(NOON - 7 * DAY, clock, current().calendar)
    assert Screening.objects.get(subject_id=case.pk).due_at == time_of(case).due_at


def test_an_interview_before_there_was_a_report_is_the_first_sign(people, case):
    journey.screened(people, case)
    Screening.objects.filter(subject_id=case.pk).update(taken_at=NOON - 3 * DAY)

    journey.presumed(people, case)

    assert Case.objects.get(pk=case.pk).first_sign_at == NOON - 3 * DAY
    assert time_of(case).started_at == NOON - 3 * DAY


def test_a_clock_that_names_no_moment_counts_from_its_state(people, case):
    started = Deadline.objects.filter(case_id=case.pk).values_list("started_at", flat=True)

    assert set(started) == {NOON}
