"""How much of a deadline's time has passed: what a pause takes away is given back at the end."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Protocol
from zoneinfo import ZoneInfo

from himaya.packs.calendar import DAY, LAST_MOMENT, Calendar, due_at, hours_of, is_working_day
from himaya.packs.tracks import Clock
from himaya.packs.vocabulary import Unit


@dataclass(frozen=True, slots=True)
class Period:
    """A time from one moment to another."""

    start: datetime
    end: datetime


class _Scale(Protocol):
    """How a unit of time passes."""

    @property
    def begin(self) -> datetime:
        """The moment from which it counts."""

    def position(self, moment: datetime) -> Fraction:
        """How much has passed from the beginning until a moment."""

    def moment(self, position: Fraction) -> datetime:
        """The first moment at which so much has passed."""


def due_after(
    start: datetime, clock: Clock, calendar: Calendar, pauses: Iterable[Period]
) -> datetime:
    """The last moment of a deadline that stood still meanwhile.

    It is the first moment at which as much time has passed outside the pauses as the clock gives:
    so the order in which pauses come and go, and how they overlap, does not matter. A pause after
    that moment comes too late.
    """
    due = due_at(start, clock, calendar)
    scale = _scale(start, clock.unit, calendar)
    given = scale.position(due)
    reached = given
    for pause in merged(pauses):
        since = max(pause.start, scale.begin)
        if pause.end <= since:
            continue
        stopped_at = scale.position(since)
        if stopped_at >= reached:
            break
        reached += scale.position(pause.end) - stopped_at
    return due if reached == given else scale.moment(reached)


def merged(pauses: Iterable[Period]) -> Sequence[Period]:
    """The same time in periods that do not touch, the first first."""
    found: list[Period] = []
    for pause in sorted(pauses, key=lambda period: period.start):
        if found and pause.start <= found[-1].end:
            found[-1] = Period(found[-1].start, max(found[-1].end, pause.end))
        else:
            found.append(pause)
    return found


def _scale(start: datetime, unit: Unit, calendar: Calendar) -> _Scale:
    if unit is Unit.HOURS:
        return _Seconds(start.astimezone(UTC))
    return _Days(start, unit, calendar)


@dataclass(frozen=True, slots=True)
class _Seconds:
    """Time that runs day and night."""

    begin: datetime

    def position(self, moment: datetime) -> Fraction:
        return _seconds(self.begin, moment)

    def moment(self, position: Fraction) -> datetime:
        return self.begin + _exactly(position)


class _Days:
    """Time that passes on some days, and on each of them between two hours.

    A day counts as one however long it is, so that a short day of Ramadan and a day on which the
    country changes its clocks are each a whole day; in working hours it counts as its seconds.
    """

    def __init__(self, start: datetime, unit: Unit, calendar: Calendar) -> None:
        self._unit, self._calendar = unit, calendar
        self._zone = ZoneInfo(calendar.time_zone)
        self._origin = start.astimezone(self._zone).date()
        # In days, the day of the start is not counted: the time begins when that day ends.
        by_hours = unit is Unit.WORKING_HOURS
        self.begin = start if by_hours else _end_of(self._origin, self._zone)

    def position(self, moment: datetime) -> Fraction:
        day = moment.astimezone(self._zone).date()
        passed = sum((self._weight(each) for each in self._days(day)), Fraction())
        return passed + (self._part(day, moment) if day >= self._origin else 0)

    def moment(self, position: Fraction) -> datetime:
        day, left = self._origin, position
        while left > self._weight(day):
            left -= self._weight(day)
            day += DAY
        opens, closes = self._span(day)
        share = left / self._weight(day) if left else Fraction()
        return (opens + _exactly(share * _seconds(opens, closes))).astimezone(self._zone)

    def _days(self, end: date) -> Iterator[date]:
        return (self._origin + DAY * number for number in range((end - self._origin).days))

    def _part(self, day: date, moment: datetime) -> Fraction:
        """How much of a day has passed at a moment of it."""
        weight = self._weight(day)
        if not weight:
            return weight
        opens, closes = self._span(day)
        passed = _seconds(opens, min(max(moment, opens), closes))
        return weight * passed / _seconds(opens, closes)

    def _weight(self, day: date) -> Fraction:
        if self._unit is Unit.WORKING_HOURS:
            return _seconds(*self._span(day)) if self._is_counted(day) else Fraction()
        return Fraction(self._is_counted(day) and day > self._origin)

    def _is_counted(self, day: date) -> bool:
        everyday = self._unit in {Unit.CALENDAR_DAYS, Unit.MONTHS}
        return everyday or is_working_day(day, self._calendar)

    def _span(self, day: date) -> tuple[datetime, datetime]:
        """The hours of a day between which its time passes."""
        opens, closes = time(), LAST_MOMENT
        if self._unit in {Unit.WORKING_DAYS, Unit.WORKING_HOURS}:
            opens, closes = hours_of(day, self._calendar)
        return _moment(day, opens, self._zone), _moment(day, closes, self._zone)


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return _moment(day, LAST_MOMENT, zone)


def _seconds(start: datetime, end: datetime) -> Fraction:
    passed = end.astimezone(UTC) - start.astimezone(UTC)
    return Fraction(passed // timedelta(microseconds=1), 1_000_000)


def _exactly(seconds: Fraction) -> timedelta:
    """So many seconds; of what is finer than the clock, the later reading: never too early."""
    return timedelta(microseconds=-((-seconds * 1_000_000) // 1))
