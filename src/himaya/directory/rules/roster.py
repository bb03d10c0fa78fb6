"""Turns of duty: when each begins and ends, and which hours nobody has."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from uuid import UUID

DAY = timedelta(days=1)
A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of one day. officer_id: who takes it, None when nobody does."""

    shift_id: UUID
    on: date
    begins: datetime
    ends: datetime
    officer_id: UUID | None


@dataclass(frozen=True, slots=True)
class Weekly:
    """A shift as it is stored."""

    id: UUID
    officer_id: UUID
    first_on: date
    last_on: date | None
    minute: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Hours in which nobody is on duty although somebody should be."""

    begins: datetime
    ends: datetime


def begins_on(shift: Weekly, day: date) -> bool:
    """Whether the shift has a turn that begins on this day."""
    return (
        shift.first_on <= day
        and (shift.last_on is None or day <= shift.last_on)
        and (day - shift.first_on).days % 7 == 0
    )


def turns(
    shifts: Iterable[Weekly],
    replaced: dict[tuple[UUID, date], UUID | None],
    seated: frozenset[UUID],
    days: Iterable[date],
    zone: tzinfo,
) -> list[Turn]:
    """Every turn that begins on one of these days, in order. Who no longer sits there takes none.

    replaced: shift and day → who takes that turn instead, None for nobody.
    """
    found = []
    listed = list(shifts)
    for day in days:
        for shift in (shift for shift in listed if begins_on(shift, day)):
            officer = replaced.get((shift.id, day), shift.officer_id)
            begins = _moment(day, shift.minute, zone)
            ends = _moment(day, shift.minute + shift.minutes, zone)
            taken = officer if officer in seated else None
            found.append(Turn(shift.id, day, begins, ends, taken))
    return sorted(found, key=lambda turn: (turn.begins, turn.ends, str(turn.shift_id)))


def _moment(day: date, minute: int, zone: tzinfo) -> datetime:
    """A minute of a day by the clock on the wall, also on days when that clock is changed."""
    days, rest = divmod(minute, A_DAY)
    local = datetime.combine(day + DAY * days, time(rest // 60, rest % 60), zone)
    return local.astimezone(UTC)


def gaps(found: Iterable[Turn], first: datetime, last: datetime, *, always: bool) -> Iterator[Gap]:
    """Hours between two moments that somebody should have and nobody has.

    always: every hour should be somebody's; otherwise those of turns that nobody takes.
    """
    known = list(found)
    taken = [(turn.begins, turn.ends) for turn in known if turn.officer_id]
    wanted = (
        [(first, last)]
        if always
        else [(turn.begins, turn.ends) for turn in known if not turn.officer_id]
    )
    for begins, ends in wanted:
        yield from _uncovered(max(begins, first), min(ends, last), taken)


def _uncovered(
    begins: datetime, ends: datetime, taken: list[tuple[datetime, datetime]]
) -> Iterator[Gap]:
    for start, end in sorted(taken):
        if start >= ends or end <= begins:
            continue
        if start > begins:
            yield Gap(begins, start)
        begins = max(begins, end)
    if begins < ends:
        yield Gap(begins, ends)
