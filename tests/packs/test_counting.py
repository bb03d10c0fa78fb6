"""A clock that stood still gives back exactly what it did not count."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himaya.packs.calendar import Calendar, due_at, hours_of, is_working_day
from himaya.packs.check.clocks import faults_of_timing
from himaya.packs.counting import Period, due_after, merged
from himaya.packs.schema import Pack
from himaya.packs.tracks import Clock
from himaya.packs.vocabulary import Unit, Weekday
from tests.packs.test_calendar import calendar, clock

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
KUWAIT, LONDON = ZoneInfo("Asia/Kuwait"), ZoneInfo("Europe/London")
ZONES = (
    "UTC",
    "Asia/Kuwait",
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
)
UNITS = tuple(Unit)
BEGIN = datetime(2025, 12, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 120 * 24 * 4).map(
    lambda quarters: BEGIN + quarters * timedelta(minutes=15)
)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Some country's: any weekend but all days, holidays that may fall on it, zones with DST."""
    opens = draw(st.sampled_from([None, time(8), time(9, 30)]))
    return calendar(
        weekend=tuple(draw(st.sets(st.sampled_from(Weekday), max_size=3))),
        off=draw(st.lists(st.dates(date(2025, 12, 1), date(2026, 6, 1)), max_size=6)),
        holidays=draw(st.sampled_from([None, "GB", "KW"])),
        opens=opens,
        closes=draw(st.sampled_from([time(13), time(17)])) if opens else None,
        zone=draw(st.sampled_from(ZONES)),
    )


@st.composite
def periods(draw: st.DrawFn) -> list[Period]:
    """Pauses that may overlap, touch, lie in one another or before the start."""
    found = draw(st.lists(st.tuples(MOMENTS, st.integers(1, 30 * 96)), max_size=4))
    return [Period(since, since + length * timedelta(minutes=15)) for since, length in found]


CLOCKS = st.builds(clock, st.integers(1, 12), st.sampled_from(UNITS))


def counted(moment: datetime, start: datetime, unit: Unit, working: Calendar) -> bool:
    """The plain model: does time of this unit pass in the quarter-hour after a moment?"""
    local = moment.astimezone(ZoneInfo(working.time_zone))
    first = start.astimezone(ZoneInfo(working.time_zone)).date()
    if unit is Unit.HOURS:
        return moment >= start
    if unit is Unit.WORKING_HOURS:
        opens, closes = hours_of(local.date(), working)
        return (
            moment >= start
            and is_working_day(local.date(), working)
            and opens <= local.time() < closes
        )
    return local.date() > first


@settings(max_examples=40)
@given(MOMENTS, st.integers(1, 40), calendars(), periods())
@pytest.mark.slow
@pytest.mark.parametrize("unit", [Unit.HOURS, Unit.WORKING_HOURS])
def test_in_hours_it_equals_a_model_that_counts_every_quarter_of_an_hour(
    unit: Unit, start: datetime, amount: int, working: Calendar, pauses: list[Period]
) -> None:
    if unit is Unit.WORKING_HOURS and working.opens is None:
        working = calendar(opens=time(8), closes=time(16), zone=working.time_zone)
    left, now = amount * 4, start
    while left:
        paused = any(pause.start <= now < pause.end for pause in pauses)
        left -= counted(now, start, unit, working) and not paused
        now += timedelta(minutes=15)

    assert due_after(start, clock(amount, unit), working, pauses) == now


@settings(max_examples=60)
@given(MOMENTS, st.integers(1, 10), calendars(), st.data())
@pytest.mark.slow
def test_whole_working_days_that_were_paused_are_whole_working_days_more(
    start: datetime, days: int, working: Calendar, data: st.DataObject
) -> None:
    """The plain model: days that are struck from the calendar."""
    zone = ZoneInfo(working.time_zone)
    first = start.astimezone(zone).date()
    struck = data.draw(st.sets(st.integers(1, days), max_size=4))
    pauses = [
        Period(midnight(first + DAY * number, zone), midnight(first + DAY * (number + 1), zone))
        for number in struck
    ]
    left, day = days, first
    while left:
        day += DAY
        left -= is_working_day(day, working) and (day - first).days not in struck

    due = due_after(start, clock(days, Unit.WORKING_DAYS), working, pauses)

    assert due == datetime.combine(day, hours_of(day, working)[1], zone)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


@settings(max_examples=80)
@given(MOMENTS, CLOCKS, calendars(), periods())
@pytest.mark.slow
def test_it_never_falls_before_the_start_nor_earlier_for_a_pause(
    start: datetime, given_time: Clock, working: Calendar, pauses: list[Period]
) -> None:
    without = due_at(start, given_time, working)
    found = [due_after(start, given_time, working, pauses[:number]) for number in range(5)]

    assert found[0] == without >= start
    assert found == sorted(found)


@settings(max_examples=40)
@given(MOMENTS, CLOCKS, calendars(), periods())
@pytest.mark.slow
def test_the_order_in_which_pauses_come_does_not_matter(
    start: datetime, given_time: Clock, working: Calendar, pauses: list[Period]
) -> None:
    found = {due_after(start, given_time, working, order) for order in permutations(pauses)}

    assert len(found) == 1


@settings(max_examples=80)
@given(MOMENTS, CLOCKS, calendars(), periods(), st.integers(0, 400))
@pytest.mark.slow
def test_no_pause_gives_back_more_than_it_took(
    start: datetime, given_time: Clock, working: Calendar, pauses: list[Period], late: int
) -> None:
    """By the hour it ends at most as much later as the clock stood; a pause after that is late."""
    if given_time.unit is not Unit.HOURS:
        given_time = clock(given_time.amount, Unit.HOURS)
    stood = sum((pause.end - pause.start for pause in merged(pauses)), timedelta())

    found = due_after(start, given_time, working, pauses)

    assert found - due_at(start, given_time, working) <= stood
    after = [Period(found + late * HOUR, found + (late + 1) * HOUR)]
    assert due_after(start, given_time, working, [*pauses, *after]) == found


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), max_size=6))
def test_merged_periods_hold_the_same_hours_once(spans: list[tuple[int, int]]) -> None:
    given_periods = [
        Period(BEGIN + since * HOUR, BEGIN + (since + long) * HOUR) for since, long in spans
    ]
    hours = {since + number for since, long in spans for number in range(long)}

    found = merged(given_periods)

    assert sum((one.end - one.start for one in found), timedelta()) == len(hours) * HOUR
    assert all(one.end < other.start for one, other in pairwise(found))


def test_a_pack_in_working_hours_must_say_when_offices_work(atlantis: Pack) -> None:
    search = atlantis.step("search")
    timed = replace(search, clocks=(), clock=clock(4, Unit.WORKING_HOURS))
    without = replace(atlantis.calendar, opens=None)

    faults = list(faults_of_timing(replace(atlantis, steps=(timed,), calendar=without)))

    assert 'working hours need "opens" and "closes"' in faults[0].reason
    assert not list(faults_of_timing(replace(atlantis, steps=(timed,))))


# --- by hand, from the calendars of 2026 ---


def local(words: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        # Friday and Saturday are the weekend; 16 and 17 January 2026 are such days.
        ("2026-01-14T10:00", 2, Unit.WORKING_DAYS, "2026-01-18T15:30"),
        # National Day and Liberation Day, 25 and 26 February, in Ramadan: offices close at three.
        ("2026-02-23T10:00", 2, Unit.WORKING_DAYS, "2026-03-01T15:00"),
        # Over Eid al-Fitr, 20 to 22 March: after Thursday the 19th comes Monday.
        ("2026-03-19T10:00", 1, Unit.WORKING_DAYS, "2026-03-23T15:30"),
        ("2026-01-14T10:00", 24, Unit.HOURS, "2026-01-15T10:00"),
        ("2026-01-14T10:00", 14, Unit.CALENDAR_DAYS, "2026-01-28T23:59:59"),
        ("2026-01-31T10:00", 1, Unit.MONTHS, "2026-02-28T23:59:59"),
        # Thursday from 13:30 gives two hours, Sunday 8.5: ten hours are over on Sunday at 15:00.
        ("2026-01-15T13:30", 10, Unit.WORKING_HOURS, "2026-01-18T15:00"),
    ],
)
def test_kuwait_by_hand(kuwait: Pack, start: str, amount: int, unit: Unit, due: str) -> None:
    found = due_at(local(start, KUWAIT), clock(amount, unit), kuwait.calendar)

    assert found == local(due, KUWAIT)


ENGLAND = calendar(holidays="GB", subdivision="ENG", zone="Europe/London")


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        # Good Friday 3 April and Easter Monday 6 April 2026.
        ("2026-04-02T09:00", 1, Unit.WORKING_DAYS, "2026-04-07T23:59:59"),
        ("2026-03-31T09:00", 5, Unit.WORKING_DAYS, "2026-04-09T23:59:59"),
        # Early May 4th, Spring 25th of May, Summer 31st of August.
        ("2026-05-01T09:00", 1, Unit.WORKING_DAYS, "2026-05-05T23:59:59"),
        ("2026-05-22T09:00", 1, Unit.WORKING_DAYS, "2026-05-26T23:59:59"),
        ("2026-08-28T09:00", 1, Unit.WORKING_DAYS, "2026-09-01T23:59:59"),
        # Boxing Day is a Saturday: its substitute is Monday the 28th; then New Year's Day.
        ("2026-12-24T09:00", 1, Unit.WORKING_DAYS, "2026-12-29T23:59:59"),
        ("2026-12-30T09:00", 2, Unit.WORKING_DAYS, "2027-01-04T23:59:59"),
        # The night of 28 to 29 March is an hour shorter, that of 25 October an hour longer.
        ("2026-03-28T12:00", 24, Unit.HOURS, "2026-03-29T13:00"),
        ("2026-10-24T12:00", 24, Unit.HOURS, "2026-10-25T11:00"),
        ("2026-03-28T12:00", 1, Unit.CALENDAR_DAYS, "2026-03-29T23:59:59"),
    ],
)
def test_england_by_hand(start: str, amount: int, unit: Unit, due: str) -> None:
    assert due_at(local(start, LONDON), clock(amount, unit), ENGLAND) == local(due, LONDON)


@pytest.mark.parametrize(
    ("amount", "unit", "pauses", "due"),
    [
        # From Sunday 11 January 2026. Paused from Monday to Tuesday, when offices open: one day.
        (5, Unit.WORKING_DAYS, [("2026-01-12T07:00", "2026-01-13T07:00")], "2026-01-19T15:30"),
        # Over the weekend, while no offices are open: nothing.
        (5, Unit.WORKING_DAYS, [("2026-01-15T15:30", "2026-01-18T07:00")], "2026-01-18T15:30"),
        # Half of Monday's eight and a half hours: half a day more.
        (5, Unit.WORKING_DAYS, [("2026-01-12T07:00", "2026-01-12T11:15")], "2026-01-19T11:15"),
        # On the day of the start, which is not counted: nothing.
        (5, Unit.WORKING_DAYS, [("2026-01-11T10:00", "2026-01-11T14:00")], "2026-01-18T15:30"),
        # Two that overlap count once.
        (
            72,
            Unit.HOURS,
            [("2026-01-12T00:00", "2026-01-12T12:00"), ("2026-01-12T06:00", "2026-01-12T18:00")],
            "2026-01-15T03:00",
        ),
        # After the time was over: too late.
        (24, Unit.HOURS, [("2026-01-12T10:00", "2026-01-14T10:00")], "2026-01-12T09:00"),
        (14, Unit.CALENDAR_DAYS, [("2026-01-12T00:00", "2026-01-14T00:00")], "2026-01-27T23:59:59"),
        (1, Unit.MONTHS, [("2026-01-12T00:00", "2026-01-13T00:00")], "2026-02-12T23:59:59"),
        (10, Unit.WORKING_HOURS, [("2026-01-11T10:00", "2026-01-11T12:00")], "2026-01-12T12:30"),
    ],
)
def test_pauses_by_hand(
    kuwait: Pack, amount: int, unit: Unit, pauses: list[tuple[str, str]], due: str
) -> None:
    start = local("2026-01-11T09:00", KUWAIT)
    stood = [Period(local(since, KUWAIT), local(until, KUWAIT)) for since, until in pauses]

    found = due_after(start, clock(amount, unit), kuwait.calendar, stood)

    assert found == local(due, KUWAIT)
