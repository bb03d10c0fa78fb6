"""Is somebody there now: rules of recurrence, in the country's time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum

from dateutil import rrule

DAY = timedelta(days=1)
LONGER_THAN_A_MONTH = timedelta(days=40)
DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}


class Opening(StrEnum):
    """What is known of a service's hours at a moment."""

    OPEN = "open"
    SHUT = "shut"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A schedule of HSDS, as it is stored."""

    valid_from: date | None = None
    valid_to: date | None = None
    dtstart: date | None = None
    timezone: float | None = None
    until: date | None = None
    count: int | None = None
    wkst: str = ""
    freq: str = ""
    interval: int | None = None
    byday: str = ""
    byweekno: str = ""
    bymonthday: str = ""
    byyearday: str = ""
    opens_at: str = ""
    closes_at: str = ""


def opening(schedules: Iterable[Hours], at: datetime, zone: tzinfo) -> Opening:
    """Whether any of these schedules is open at the moment. zone: the country's own."""
    known = [hours for hours in schedules if hours.opens_at and hours.closes_at]
    if not known:
        return Opening.NOT_KNOWN
    there = any(_is_open(hours, at, zone) for hours in known)
    return Opening.OPEN if there else Opening.SHUT


def _is_open(hours: Hours, at: datetime, zone: tzinfo) -> bool:
    """A turn that began today or yesterday, by the schedule's own clock, is not over yet."""
    if hours.timezone is not None:
        zone = timezone(timedelta(hours=hours.timezone))
    opens, opens_zone = _clock(hours.opens_at, zone)
    closes, closes_zone = _clock(hours.closes_at, zone)
    today = at.astimezone(opens_zone).date()
    for day in days(hours, today - DAY, today):
        begins = datetime.combine(day, opens, opens_zone)
        ends = datetime.combine(day, closes, closes_zone)
        if ends <= begins:  # past midnight
            ends = datetime.combine(day + DAY, closes, closes_zone)
        if begins <= at < ends:
            return True
    return False


def _clock(written: str, zone: tzinfo) -> tuple[time, tzinfo]:
    """A time as HSDS writes it: 09:00, 09:00:00, 09:00Z, 09:00+03:00."""
    read = time.fromisoformat(written)
    return read.replace(tzinfo=None), read.tzinfo or zone


def days(hours: Hours, first: date, last: date) -> Iterator[date]:
    """The days from first to last on which a schedule has a turn."""
    begins = hours.dtstart or hours.valid_from
    if not (hours.freq or hours.byday or hours.bymonthday):
        single = hours.dtstart if hours.dtstart and not hours.valid_to else None
        found = [day for day in (first, last) if single is None or day == single]
    else:
        found = _recurring(hours, begins, first, last)
    yield from (day for day in dict.fromkeys(found) if _is_valid(hours, day))


def _is_valid(hours: Hours, day: date) -> bool:
    return (hours.valid_from is None or hours.valid_from <= day) and (
        hours.valid_to is None or day <= hours.valid_to
    )


def _recurring(hours: Hours, begins: date | None, first: date, last: date) -> list[date]:
    monthly = hours.freq == "MONTHLY" or (not hours.freq and bool(hours.bymonthday))
    every = (hours.interval or 1) if begins else 1  # else nobody can tell which week is the second
    weekdays = [_weekday(word) for word in _words(hours.byday)]
    monthdays = _numbers(hours.bymonthday)
    listed = weekdays or monthdays or hours.byweekno or hours.byyearday
    if begins and not listed:
        weekdays = [] if monthly else [rrule.weekday(begins.weekday())]
        monthdays = [begins.day] if monthly else None
    start = begins or first - LONGER_THAN_A_MONTH
    if every == 1 and not hours.count:  # where it began does not matter: begin nearby
        start = max(start, first - LONGER_THAN_A_MONTH)
    rule = rrule.rrule(
        rrule.MONTHLY if monthly else rrule.WEEKLY,
        dtstart=_midnight(start),
        interval=every,
        wkst=DAYS.get(hours.wkst),
        count=hours.count if begins else None,
        byweekday=weekdays or None,
        byweekno=_numbers(hours.byweekno),
        bymonthday=monthdays,
        byyearday=_numbers(hours.byyearday),
    )
    found = [moment.date() for moment in rule.between(_midnight(first), _midnight(last), inc=True)]
    return [day for day in found if hours.until is None or day <= hours.until]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _words(listed: str) -> list[str]:
    return [word.strip() for word in listed.split(",") if word.strip()]


def _numbers(listed: str) -> list[int] | None:
    return [int(word) for word in _words(listed)] or None


def _weekday(word: str) -> "rrule.weekday":
    """MO, or 1MO and -1FR in a month."""
    nth = int(word[:-2]) if word[:-2] else None
    return rrule.weekday(DAYS[word[-2:]], nth)
