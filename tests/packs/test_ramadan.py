"""The month of shorter hours: held to what was announced, and to what is known of its tables."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himaya.packs.calendar import Calendar, due_at, hours_of
from himaya.packs.ramadan import Announced, Ramadan, estimated, is_of_ramadan
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import Unit
from tests.packs.test_calendar import SAID, calendar, clock

KUWAIT = ZoneInfo("Asia/Kuwait")
HOURS = Ramadan(opens=time(9), closes=time(13, 30), **SAID)


def fasting(*announced: tuple[date, date]) -> Calendar:
    said = tuple(Announced(begins=begins, ends=ends, **SAID) for begins, ends in announced)
    working = calendar(opens=time(8), closes=time(16))
    return replace(working, ramadan=replace(HOURS, announced=said))


@pytest.mark.parametrize(
    ("year", "months"),
    [
        (2024, [(date(2024, 3, 11), date(2024, 4, 9))]),
        (2025, [(date(2025, 3, 1), date(2025, 3, 29))]),
        (2026, [(date(2026, 2, 18), date(2026, 3, 19))]),
        # Twice in one year, and over the turn of the next.
        (2030, [(date(2030, 1, 5), date(2030, 2, 3)), (date(2030, 12, 26), date(2031, 1, 23))]),
    ],
)
def test_the_tables_have_the_months_that_are_known(year, months):
    assert list(estimated(year)) == months


@given(st.integers(2000, 2076))
def test_every_year_has_a_month_of_29_or_30_days(year):
    for first, last in estimated(year):
        assert (last - first).days + 1 in {29, 30}
    assert estimated(year)


def test_what_was_announced_stands_in_place_of_the_tables():
    a_day_later = fasting((date(2026, 2, 19), date(2026, 3, 19))).ramadan

    assert not is_of_ramadan(date(2026, 2, 18), a_day_later)
    assert is_of_ramadan(date(2026, 2, 19), a_day_later)
    assert is_of_ramadan(date(2027, 2, 8), a_day_later)  # of that year nothing was announced


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 2, 17), (time(8), time(16))),
        (date(2026, 2, 18), (time(9), time(13, 30))),
        (date(2026, 3, 19), (time(9), time(13, 30))),
        (date(2026, 3, 20), (time(8), time(16))),
    ],
)
def test_offices_keep_shorter_hours_in_the_month_and_no_other(day, hours):
    assert hours_of(day, fasting()) == hours


def test_a_working_day_ends_earlier_in_ramadan():
    before = datetime(2026, 2, 16, 10, tzinfo=UTC)  # a Monday

    ends = [due_at(before, clock(days, Unit.WORKING_DAYS), fasting()) for days in (1, 2)]

    assert [end.time() for end in ends] == [time(16), time(13, 30)]


def test_working_hours_are_fewer_in_ramadan_and_so_last_longer():
    monday = datetime(2026, 2, 16, 15, tzinfo=UTC)

    # Monday gives one hour, Tuesday eight, and from Wednesday on four and a half each.
    ten, fourteen = (
        due_at(monday, clock(each, Unit.WORKING_HOURS), fasting()) for each in (10, 14)
    )

    assert ten == datetime(2026, 2, 18, 10, tzinfo=UTC)
    assert fourteen == datetime(2026, 2, 19, 9, 30, tzinfo=UTC)


def test_kuwait_closes_at_three_in_ramadan(kuwait: Pack):
    sunday = datetime(2026, 2, 22, 9, tzinfo=KUWAIT)

    due = due_at(sunday, clock(1, Unit.WORKING_DAYS), kuwait.calendar)

    assert due == datetime(2026, 2, 23, 15, tzinfo=KUWAIT)
    assert due - sunday < timedelta(days=2)
