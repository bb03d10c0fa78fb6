"""The worker reads of openings in the ledger, and raises an alarm where nothing explains them."""

from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import pytest

from himaya.accountability.models import Alarm, Opening, Review, Scan
from himaya.accountability.operations import scan as scanning
from himaya.audit.models import Pending
from himaya.audit.record import record
from himaya.cases.models import Case
from himaya.pathway.operations.closing import ask_closure
from himaya.reporting.operations.read import read
from himaya.vault.models import Compartment
from tests.factories import journey
from tests.factories.catalogue import refused
from tests.factories.moments import NOON
from tests.factories.openings import ended_case, open_file, watched
from tests.factories.threats import threat

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.slow]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@contextmanager
def nothing_is_an_alarm():
    """The worker reads on and never minds."""
    with mock.patch.object(scanning, "browsing", return_value=None):
        yield


@pytest.fixture
def archive(people):
    """Files that ended long ago, at the desk of the case workers."""
    return [ended_case(people.worker) for _ in range(6)]


def alarms():
    """Kind, officer and number of openings of each alarm."""
    found = Alarm.objects.order_by("entry_index")
    return [(alarm.kind, alarm.officer_id, alarm.openings) for alarm in found]


@threat("B1", off=nothing_is_an_alarm)
@pytest.mark.parametrize(("gap", "openings"), [(timedelta(minutes=2), 3), (DAY, 5), (6 * DAY, 5)])
def test_looking_through_ended_files_raises_an_alarm_within_five(people, archive, gap, openings):
    for number, case in enumerate(archive[:5]):
        open_file(people.worker, case, at=NOON + number * gap)
        watched()

    assert alarms() == [("browsing", people.worker.officer.pk, openings)]
    assert Alarm.objects.get().agency_id == people.worker.officer.agency_id


def test_whatever_reason_is_given_explains_nothing(people, archive):
    for number, case in enumerate(archive[:3]):
        open_file(people.worker, case, at=NOON + number * HOUR / 3, reason="day_list")
    watched()

    assert len(alarms()) == 1


def test_an_alarm_begins_the_count_anew_and_the_next_three_raise_another(people, archive):
    for number, case in enumerate(archive):
        open_file(people.worker, case, at=NOON + number * HOUR / 10)
    watched()

    assert [openings for _kind, _who, openings in alarms()] == [3, 3]


def test_one_file_read_part_by_part_is_one_opening(people, archive):
    for minute in range(0, 25, 5):
        open_file(people.worker, archive[0], at=NOON + timedelta(minutes=minute))
    watched()

    assert (Opening.objects.count(), alarms()) == (1, [])


def test_a_file_that_one_has_worked_on_is_not_strange(people, archive):
    for number, case in enumerate(archive):
        acted = NOON - timedelta(days=30)
        record(act="case.described", actor=people.worker.actor, at=acted, subject_id=case.pk)
        open_file(people.worker, case, at=NOON + number * HOUR)
    watched()

    assert (Opening.objects.count(), alarms()) == (0, [])


def test_a_year_old_act_explains_nothing_any_more(people, archive):
    record(
        act="case.described",
        actor=people.worker.actor,
        at=NOON - 400 * DAY,
        subject_id=archive[0].pk,
    )
    open_file(people.worker, archive[0])
    watched()

    assert Opening.objects.get().strange


def test_a_colleagues_file_in_work_is_near_and_only_dozens_an_hour_are_an_alarm(people):
    files = [ended_case(people.worker, state="open", outcome="", closed_at=None) for _ in range(15)]
    for number, case in enumerate(files):
        assert alarms() == []
        open_file(people.worker, case, at=NOON + number * timedelta(minutes=3))
        watched()

    assert set(Opening.objects.values_list("strange", flat=True)) == {False}
    assert alarms() == [("browsing", people.worker.officer.pk, 15)]


def test_what_stands_on_a_day_list_is_never_counted(people, case):
    """Everybody on a person's way opens what is theirs to open; nothing of it is unexplained."""
    report = journey.reported(people)
    with people.intake.works():
        read(
            actor=people.intake.actor,
            keyring=people.intake.keyring,
            report_id=report.pk,
            at=NOON,
            reason="day_list",
        )
    journey.screened(people, case)
    open_file(people.identifier, case)
    journey.presumed(people, case)
    journey.noted(people, case, Compartment.Kind.NEEDS, "A quiet room.")
    consent = journey.consented(people, case, kinds=["needs"])
    referral = journey.sent(people, journey.drafted(people, case, consent))
    journey.acknowledged(people.shelter, referral)
    journey.accepted(people.shelter, referral)
    journey.read_by(people.shelter, referral)
    journey.completed(people.shelter, referral)
    with people.colleague.works():
        journey.showing.read(
            actor=people.colleague.actor,
            keyring=people.colleague.keyring,
            referral_id=referral.pk,
            at=journey.LATER,
            reason="own_work",
        )
    watched(journey.LATER)

    assert (Opening.objects.count(), alarms()) == (0, [])


def test_a_closure_waits_for_the_colleague_and_explains_their_reading(people, case):
    with people.worker.works():
        ask_closure(
            actor=people.worker.actor,
            case_id=case.pk,
            outcome=Case.Outcome.WITHDREW,
            informed=True,
            at=NOON,
        )
    open_file(people.colleague, case)
    watched()

    assert Opening.objects.count() == 0


def test_nothing_is_read_twice(people, archive):
    for number, case in enumerate(archive[:3]):
        open_file(people.worker, case, at=NOON + number * HOUR / 10)
    watched()
    place = Scan.objects.get().next_index
    watched()

    assert len(alarms()) == 1
    assert Pending.objects.count() == 0
    assert Scan.objects.get().next_index > place  # its own entries, which it passes over


def test_openings_of_last_month_are_forgotten(people, archive):
    open_file(people.worker, archive[0], at=NOON - 31 * DAY)
    open_file(people.worker, archive[1], at=NOON)
    watched()
    open_file(people.worker, archive[2], at=NOON + HOUR)
    watched()

    assert Opening.objects.count() == 2


def everything_is_drawn(_entry, _share):
    """Every opening is drawn for review."""
    return True


def test_openings_are_drawn_for_review_once_each(people, archive, monkeypatch):
    monkeypatch.setattr(scanning, "is_drawn", everything_is_drawn)
    for case in archive[:2]:
        open_file(people.worker, case, reason="called")
    watched()

    drawn = Review.objects.all()
    assert {review.subject_id for review in drawn} == {case.pk for case in archive[:2]}
    assert {(review.purpose, review.reason) for review in drawn} == {("casework", "called")}
    assert {review.agency_id for review in drawn} == {people.worker.officer.agency_id}


def test_an_officer_sees_nothing_of_what_is_counted_about_them(people, supervisors, archive):
    for number, case in enumerate(archive[:3]):
        open_file(people.worker, case, at=NOON + number * HOUR / 10)
    watched()

    for who in (people.worker, people.stranger, people.intake, supervisors["stranger"]):
        with who.works():
            assert not Alarm.objects.exists()
    for who in (supervisors["own"], people.overseer):
        with who.works():
            assert Alarm.objects.count() == 1
    with people.overseer.works():
        assert refused("SELECT FROM accountability_opening")
