"""Who is told that a deadline is near, late, and later: a country's chain, to the committee."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from himaya.packs.calendar import Calendar, due_at
from himaya.packs.entries import Entry, Label
from himaya.packs.tracks import Clock
from himaya.packs.vocabulary import Side, Unit

HALF = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Entry):
    """One step of the chain: how long before or after the deadline, and whom it tells.

    told: codes of `vocabulary.TOLD`. amount: 0 for the moment of the deadline itself.
    """

    id: str
    label: Label
    side: Side
    amount: int
    unit: Unit
    told: tuple[str, ...]

    @property
    def clock(self) -> Clock:
        """The distance from the deadline."""
        return Clock(
            amount=self.amount, unit=self.unit, confidence=self.confidence, source=self.source
        )


def moments(
    levels: tuple[Level, ...], *, started_at: datetime, due: datetime, calendar: Calendar
) -> list[datetime]:
    """When each level is due, never before the one before it.

    Nobody is told that a deadline is near while more than half of its time is left: of what must
    be done within a day, a warning a day before says nothing.
    """
    found: list[datetime] = []
    for level in levels:
        found.append(max([_moment(level, started_at, due, calendar), *found[-1:]]))
    return found


def _moment(level: Level, started_at: datetime, due: datetime, calendar: Calendar) -> datetime:
    if level.side is Side.BEFORE:
        return max(due - _length(level), due - (due - started_at) / HALF)
    return due_at(due, level.clock, calendar) if level.amount else due


def _length(level: Level) -> timedelta:
    by_hours = level.unit is Unit.HOURS
    return timedelta(hours=level.amount) if by_hours else timedelta(days=level.amount)
