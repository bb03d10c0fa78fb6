"""Working days and deadlines of the country."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

from himaya.packs.entries import Entry, Label
from himaya.packs.ramadan import Ramadan, is_of_ramadan
from himaya.packs.tracks import Clock
from himaya.packs.vocabulary import Unit, Weekday

DAY = timedelta(days=1)
LAST_MOMENT = time(23, 59, 59)
WEEKDAYS = tuple(Weekday)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday(Entry):
    """A day off that the list of holidays does not have, by decision of the government."""

    on: date
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar(Entry):
    """When the country works.

    holidays: the country in the library of holidays, ISO 3166; None to use `also_off` alone.
    subdivision: its part whose holidays count as well, as the library names it.
    worked: holidays of that list that were worked after all.
    opens, closes: office hours in local time; None when not known.
    """

    time_zone: str
    weekend: tuple[Weekday, ...]
    holidays: str | None = None
    subdivision: str | None = None
    also_off: tuple[Holiday, ...] = ()
    worked: tuple[date, ...] = ()
    opens: time | None = None
    closes: time | None = None
    ramadan: Ramadan | None = None


def hours_of(day: date, calendar: Calendar) -> tuple[time, time]:
    """Between which hours offices work on a working day; the whole day where that is not known."""
    if calendar.ramadan and is_of_ramadan(day, calendar.ramadan):
        return calendar.ramadan.opens, calendar.ramadan.closes
    return calendar.opens or time(), calendar.closes or LAST_MOMENT


def is_working_day(day: date, calendar: Calendar) -> bool:
    """True unless the day is of the weekend or a holiday."""
    return WEEKDAYS[day.weekday()] not in calendar.weekend and day not in _days_off(
        calendar, day.year
    )


def add_working_days(start: date, days: int, calendar: Calendar) -> date:
    """The working day that many working days after a day, which itself is not counted.

    Zero days answer the start itself, or the first working day after it.
    Raises ValueError for a negative number: deadlines lie ahead.
    """
    if days < 0:
        raise ValueError("a deadline cannot lie in the past")
    day = start
    left = days
    while left > 0 or not is_working_day(day, calendar):
        day += DAY
        if is_working_day(day, calendar):
            left -= 1
    return day


def due_at(start: datetime, clock: Clock, calendar: Calendar) -> datetime:
    """The last moment of a deadline, in the country's own time.

    start: an aware moment. Hours run day and night; working hours only while offices are open, and
    stop with the second in which the last of them is over. Days and months end with the last second
    of their last day, or when offices close if the pack says when; the day of the start is not
    counted. A deadline in calendar days stays where it falls, also on a holiday: waiting for the
    next working day would be the later and so the less safe reading.
    """
    zone = ZoneInfo(calendar.time_zone)
    if clock.unit is Unit.HOURS:
        # Through UTC, so that an hour skipped or repeated by the country's clocks still counts.
        return (start.astimezone(UTC) + timedelta(hours=clock.amount)).astimezone(zone)
    first = start.astimezone(zone).date()
    if clock.unit is Unit.WORKING_HOURS:
        return _add_working_hours(start.astimezone(zone), clock.amount, calendar)
    if clock.unit is Unit.WORKING_DAYS:
        last = add_working_days(first, clock.amount, calendar)
        return datetime.combine(last, hours_of(last, calendar)[1], zone)
    months = clock.unit is Unit.MONTHS
    last = _add_months(first, clock.amount) if months else first + DAY * clock.amount
    return datetime.combine(last, LAST_MOMENT, zone)


def _add_working_hours(start: datetime, hours: int, calendar: Calendar) -> datetime:
    day, left = start.date(), timedelta(hours=hours)
    while True:
        opens, closes = (_utc(day, at, start.tzinfo) for at in hours_of(day, calendar))
        since = max(opens, start.astimezone(UTC))
        if is_working_day(day, calendar) and since < closes:
            if left <= closes - since:
                return (since + left).astimezone(start.tzinfo)
            left -= closes - since
        day += DAY


def _utc(day: date, at: time, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)


def _add_months(start: date, months: int) -> date:
    """The same day some months later, or the last day of that month if it is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=64)
def _days_off(calendar: Calendar, year: int) -> frozenset[date]:
    decided = {holiday.on for holiday in calendar.also_off}
    return frozenset((_listed(calendar, year) | decided) - set(calendar.worked))


def _listed(calendar: Calendar, year: int) -> set[date]:
    if calendar.holidays is None:
        return set()
    return set(country_holidays(calendar.holidays, subdiv=calendar.subdivision, years=year))
