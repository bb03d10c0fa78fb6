"""Deadlines fall on the country's working days, and never earlier than promised."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himaya.packs.calendar import (
    Calendar,
    Holiday,
    _days_off,
    add_working_days,
    due_at,
    is_working_day,
)
from himaya.packs.entries import Label
from himaya.packs.schema import Pack
from himaya.packs.tracks import Clock
from himaya.packs.vocabulary import Confidence, Unit, Weekday

DAY = timedelta(days=1)
SAID = {"confidence": Confidence.HIGH, "source": ("INVENTED",)}
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
MOMENTS = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 - the zone is added beside
    max_value=datetime(2035, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
WEEKENDS = st.sets(st.sampled_from(Weekday), max_size=6).map(tuple)
HOLIDAYS = st.lists(DAYS, max_size=8)


def calendar(
    *,
    weekend: tuple[Weekday, ...] = (Weekday.SATURDAY, Weekday.SUNDAY),
    off: list[date] | None = None,
    worked: tuple[date, ...] = (),
    holidays: str | None = None,
    subdivision: str | None = None,
    opens: time | None = None,
    closes: time | None = None,
    zone: str = "UTC",
) -> Calendar:
    also_off = tuple(Holiday(on=day, label=Label("Off", "عطلة"), **SAID) for day in off or [])
    return Calendar(
        time_zone=zone,
        weekend=weekend,
        holidays=holidays,
        subdivision=subdivision,
        also_off=also_off,
        worked=worked,
        opens=opens,
        closes=closes,
        **SAID,
    )


def clock(amount: int, unit: Unit) -> Clock:
    return Clock(amount=amount, unit=unit, **SAID)


CALENDARS = st.builds(
    calendar,
    weekend=WEEKENDS,
    off=HOLIDAYS,
    holidays=st.sampled_from([None, "GB", "AE", "JP"]),
    worked=HOLIDAYS.map(tuple),
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(1, 60), CALENDARS)
def test_the_last_day_is_worked_and_as_many_days_are_worked_until_then(
    start: date, days: int, working: Calendar
) -> None:
    last = add_working_days(start, days, working)

    between = (start + DAY * number for number in range(1, (last - start).days + 1))
    assert is_working_day(last, working)
    assert sum(is_working_day(day, working) for day in between) == days


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(1, 40), CALENDARS)
def test_more_days_end_later_and_a_later_start_never_ends_sooner(
    start: date, days: int, working: Calendar
) -> None:
    last = add_working_days(start, days, working)

    assert add_working_days(start, days + 1, working) > last
    assert add_working_days(start + DAY, days, working) >= last


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(DAYS, CALENDARS)
def test_no_days_end_on_the_start_or_the_first_working_day_after(
    start: date, working: Calendar
) -> None:
    last = add_working_days(start, 0, working)

    assert (last == start) is is_working_day(start, working)
    assert is_working_day(last, working)


def test_a_deadline_in_the_past_is_refused() -> None:
    with pytest.raises(ValueError, match="past"):
        add_working_days(date(2026, 1, 1), -1, calendar())


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(MOMENTS, st.integers(1, 400), st.sampled_from(Unit), CALENDARS)
def test_every_deadline_lies_ahead_and_is_no_shorter_than_its_amount(
    start: datetime, amount: int, unit: Unit, working: Calendar
) -> None:
    due = due_at(start, clock(amount, unit), working)

    least = {
        Unit.HOURS: timedelta(hours=amount),
        Unit.WORKING_HOURS: timedelta(hours=amount),
        Unit.WORKING_DAYS: amount * DAY,
        Unit.CALENDAR_DAYS: amount * DAY,
        Unit.MONTHS: amount * 28 * DAY,
    }[unit]
    assert due - start >= least


@given(DAYS)
def test_holidays_and_weekends_are_not_worked_and_all_other_days_are(day: date) -> None:
    working = calendar(off=[day])

    assert not is_working_day(day, working)
    assert is_working_day(day, replace(working, also_off=())) is (day.weekday() < 5)
    assert is_working_day(day, replace(working, worked=(day,))) is (day.weekday() < 5)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        ("2026-01-05T10:00", 24, Unit.HOURS, "2026-01-06T10:00:00"),
        ("2026-01-05T10:00", 5, Unit.WORKING_DAYS, "2026-01-12T23:59:59"),
        ("2026-01-09T10:00", 1, Unit.WORKING_DAYS, "2026-01-12T23:59:59"),
        ("2026-01-05T10:00", 14, Unit.CALENDAR_DAYS, "2026-01-19T23:59:59"),
        ("2026-01-31T10:00", 1, Unit.MONTHS, "2026-02-28T23:59:59"),
        ("2027-10-31T10:00", 4, Unit.MONTHS, "2028-02-29T23:59:59"),
        ("2026-11-15T10:00", 14, Unit.MONTHS, "2028-01-15T23:59:59"),
    ],
)
def test_deadlines_by_example(start: str, amount: int, unit: Unit, due: str) -> None:
    begun = datetime.fromisoformat(start).replace(tzinfo=UTC)

    found = due_at(begun, clock(amount, unit), calendar())

    assert found.replace(tzinfo=None).isoformat() == due


def test_a_working_day_ends_when_offices_close_if_the_pack_says_when() -> None:
    begun = datetime(2026, 1, 5, 10, tzinfo=UTC)

    due = due_at(begun, clock(1, Unit.WORKING_DAYS), calendar(closes=time(14, 30)))

    assert due.time() == time(14, 30)


def test_the_day_is_the_country_s_own_day() -> None:
    late_in_utc = datetime(2026, 1, 5, 22, tzinfo=UTC)  # already the sixth, further east

    due = due_at(late_in_utc, clock(1, Unit.CALENDAR_DAYS), calendar(zone="Asia/Tokyo"))

    assert due.date() == date(2026, 1, 7)


def test_an_hour_is_an_hour_also_when_clocks_change() -> None:
    zone = ZoneInfo("Europe/Lisbon")
    before_the_change = datetime(2026, 3, 28, 12, tzinfo=zone)

    due = due_at(before_the_change, clock(24, Unit.HOURS), calendar(zone="Europe/Lisbon"))

    assert due.astimezone(UTC) - before_the_change.astimezone(UTC) == timedelta(hours=24)
    assert due.hour == 13


def test_two_countries_count_the_same_days_differently(kuwait: Pack, atlantis: Pack) -> None:
    friday = date(2026, 1, 9)

    ends = {pack.id: add_working_days(friday, 2, pack.calendar) for pack in (kuwait, atlantis)}

    assert ends == {"kw": date(2026, 1, 12), "atlantis": date(2026, 1, 13)}


def test_a_holiday_that_the_government_moved_follows_the_pack(kuwait: Pack) -> None:
    national_day = date(2026, 2, 25)
    moved = replace(kuwait.calendar, worked=(national_day,))

    assert not is_working_day(national_day, kuwait.calendar)
    assert is_working_day(national_day, moved)


def test_the_days_off_of_a_year_are_looked_up_once() -> None:
    working = calendar(holidays="GB")
    _days_off.cache_clear()

    add_working_days(date(2026, 1, 1), 40, working)

    assert _days_off.cache_info().misses == 1
