"""Working days and deadlines of the country."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

from himaya.packs.entries import Entry, Label
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
    worked: holidays of that list that were worked after all.
    opens, closes: office hours in local time; None when not known.
    """

    time_zone: str
    weekend: tuple[Weekday, ...]
    holidays: str | None = None
    also_off: tuple[Holiday, ...] = ()
    worked: tuple[date, ...] = ()
    opens: time | None = None
    closes: time | None = None


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

    start: an aware moment. Hours run day and night. Days and months end with the last second of
    their last day, or when offices close if the pack says when; the day of the start is not
    counted. A deadline in calendar days stays where it falls, also on a holiday: waiting for the
    next working day would be the later and so the less safe reading.
    """
    zone = ZoneInfo(calendar.time_zone)
    if clock.unit is Unit.HOURS:
        # Through UTC, so that an hour skipped or repeated by the country's clocks still counts.
        return (start.astimezone(ZoneInfo("UTC")) + timedelta(hours=clock.amount)).astimezone(zone)
    first = start.astimezone(zone).date()
    if clock.unit is Unit.WORKING_DAYS:
        last = add_working_days(first, clock.amount, calendar)
        return datetime.combine(last, calendar.closes or LAST_MOMENT, zone)
    months = clock.unit is Unit.MONTHS
    last = _add_months(first, clock.amount) if months else first + DAY * clock.amount
    return datetime.combine(last, LAST_MOMENT, zone)


def _add_months(start: date, months: int) -> date:
    """The same day some months later, or the last day of that month if it is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=64)
def _days_off(calendar: Calendar, year: int) -> frozenset[date]:
    listed = country_holidays(calendar.holidays, years=year) if calendar.holidays else {}
    decided = {holiday.on for holiday in calendar.also_off}
    return frozenset((set(listed) | decided) - set(calendar.worked))
