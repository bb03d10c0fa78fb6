"""A clock that is wrong hides no deadline: it is noticed when either clock says so."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest

from himaya.clocks.models import Call, Deadline
from himaya.clocks.operations import mending
from himaya.installation.chores import clocks
from himaya.packs.calendar import due_at
from himaya.packs.vocabulary import Unit
from tests.factories.moments import NOON
from tests.factories.threats import threat
from tests.packs.test_calendar import calendar, clock

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TEN_YEARS = timedelta(days=3650)


class Clock:
    """A clock on the wall. It stands at the true time, and is wrong by so much."""

    def __init__(self, wrong: timedelta = timedelta(), frozen: datetime | None = None) -> None:
        self.wrong, self.frozen = wrong, frozen

    def at(self, true: datetime) -> datetime:
        return self.frozen or true + self.wrong


@contextmanager
def time_is(true: datetime, database: Clock, machine: Clock):
    """The worker asks the database and its machine, each of which says what it believes."""
    moment = mock.Mock(wraps=datetime)
    moment.now.return_value = machine.at(true)
    with (
        mock.patch.object(clocks, "now", return_value=database.at(true)),
        mock.patch.object(clocks, "datetime", moment),
    ):
        yield


def only_the_database():
    """As if the worker believed one clock alone."""
    return mock.patch.object(clocks, "reached", lambda by_database: by_database)


RIGHT = Clock()
SHIFTED = [
    Clock(-TEN_YEARS),
    Clock(-DAY),
    Clock(DAY),
    Clock(frozen=NOON),
    Clock(-HOUR),  # a zone's summer time, set by hand
    Clock(-timedelta(seconds=1)),  # a second that was put in
]
NAMES = ["-10 y", "-1 d", "+1 d", "frozen", "DST", "leap second"]


@pytest.fixture
def screening(case, deadline_of):
    """The only deadline that runs: due at noon of the 25th."""
    found = deadline_of("start_screening")
    Deadline.objects.exclude(pk=found.pk).update(ended_at=NOON, calls_at=None)
    return found


def is_noticed(screening):
    return Call.objects.filter(deadline=screening, level="late").exists()


@pytest.mark.parametrize("wrong", [Clock(-TEN_YEARS), Clock(-DAY), Clock(frozen=NOON)])
@threat("D6", off=only_the_database)
def test_a_database_whose_clock_went_back_or_stands_still_hides_no_deadline(screening, wrong):
    with time_is(screening.due_at, wrong, RIGHT):
        clocks.count_deadlines()

    assert is_noticed(screening)


@pytest.mark.parametrize("wrong", SHIFTED, ids=NAMES)
@pytest.mark.parametrize("whose", ["database", "machine"])
def test_whichever_clock_is_wrong_nothing_is_noticed_late(screening, wrong, whose):
    pair = (wrong, RIGHT) if whose == "database" else (RIGHT, wrong)

    with time_is(screening.due_at, *pair):
        clocks.count_deadlines()

    assert is_noticed(screening)


@pytest.mark.parametrize("wrong", SHIFTED, ids=NAMES)
def test_each_level_is_taken_once_although_the_clock_went_there_and_back(screening, wrong):
    for hours in (-1, 0, 1):
        true = screening.due_at + hours * HOUR
        for database in (RIGHT, wrong, RIGHT):
            with time_is(true, database, RIGHT):
                clocks.count_deadlines()

    assert Call.objects.filter(deadline=screening, level="late").count() == 1


def nothing_is_brought_forward():
    return mock.patch.object(mending, "AT_ONCE", 0)


@threat("D6", off=nothing_is_brought_forward)
def test_what_began_while_the_clock_was_a_day_ahead_is_not_due_a_day_too_late(
    kuwait, move, deadline_of
):
    # By a clock that was a day ahead of noon.
    move("start_screening", "presume", "assess_needs", at=NOON + DAY)
    found = deadline_of("draft_plan")
    right = due_at(NOON + HOUR, clock(found.amount, Unit(found.unit)), kuwait.calendar)

    with time_is(NOON + HOUR, RIGHT, RIGHT):
        clocks.count_deadlines()

    found.refresh_from_db()
    assert found.due_at == right
    assert found.started_at == NOON + HOUR


@pytest.mark.parametrize("wrong", [Clock(-TEN_YEARS), Clock(-DAY), Clock(frozen=NOON)])
def test_what_begins_while_the_clock_is_behind_is_due_no_later(kuwait, move, deadline_of, wrong):
    true = NOON + 2 * DAY
    right = due_at(true, clock(5, Unit.WORKING_DAYS), kuwait.calendar)

    move("start_screening", at=wrong.at(true))

    assert deadline_of("presume").due_at <= right


@pytest.mark.parametrize(
    ("start", "due"),
    [
        # The hour that is left out, and the hour that comes twice, in London.
        ("2026-03-28T01:30", "2026-03-29T02:30"),
        ("2026-10-24T01:30", "2026-10-25T01:30"),
        # Over the second that was put in at the end of 2016: it is no second of this calendar.
        ("2016-12-31T12:00", "2017-01-01T12:00"),
    ],
)
def test_a_day_of_hours_is_24_hours_whatever_the_wall_says(start, due):
    london = ZoneInfo("Europe/London")
    begun = datetime.fromisoformat(start).replace(tzinfo=london)

    found = due_at(begun, clock(24, Unit.HOURS), calendar(zone="Europe/London"))

    assert found.astimezone(UTC) - begun.astimezone(UTC) == timedelta(hours=24)
    assert found.replace(tzinfo=None) == datetime.fromisoformat(due)
