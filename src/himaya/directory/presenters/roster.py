"""A desk's roster in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from himaya.directory.models import Shift
from himaya.directory.rules.roster import A_DAY, Gap, Turn


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One turn of the next days. who: empty when nobody takes it; now: it runs."""

    day: str
    hours: str
    who: str
    now: bool


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A weekly shift. weekday: in words; until: empty until further notice."""

    id: UUID
    who: str
    weekday: str
    hours: str
    since: str
    until: str


def turn_row(turn: Turn, names: Mapping[UUID, str], at: datetime, zone: ZoneInfo) -> TurnRow:
    """A turn, by the country's clocks."""
    begins, ends = turn.begins.astimezone(zone), turn.ends.astimezone(zone)
    return TurnRow(
        day=date_format(begins, "l j F"),
        hours=_hours(begins, ends),
        who=names.get(turn.officer_id, "") if turn.officer_id else "",
        now=turn.begins <= at < turn.ends,
    )


def shift_row(shift: Shift) -> ShiftRow:
    """A shift as the supervisor decided it."""
    begins = datetime.combine(shift.first_on, datetime.min.time()) + timedelta(minutes=shift.minute)
    once = shift.last_on == shift.first_on
    return ShiftRow(
        id=shift.pk,
        who=shift.officer.username,
        weekday=date_format(shift.first_on, "l j F") if once else date_format(shift.first_on, "l"),
        hours=_hours(begins, begins + timedelta(minutes=shift.minutes)),
        since="" if once else date_format(shift.first_on, "DATE_FORMAT"),
        until=date_format(shift.last_on, "DATE_FORMAT") if shift.last_on and not once else "",
    )


def gap_words(gap: Gap, zone: ZoneInfo) -> str:
    """A gap, by the country's clocks."""
    begins, ends = gap.begins.astimezone(zone), gap.ends.astimezone(zone)
    facts = {
        "begins": date_format(begins, "l j F, H:i"),
        "ends": date_format(ends, "l j F, H:i"),
    }
    return _("Nobody from %(begins)s to %(ends)s.") % facts


def shift_choices(shifts: Iterable[Shift]) -> list[tuple[str, str]]:
    """Shifts to choose from."""
    rows = map(shift_row, shifts)
    return [(str(row.id), f"{row.who} · {row.weekday} · {row.hours}") for row in rows]


def _hours(begins: datetime, ends: datetime) -> str:
    facts = {"begins": time_format(begins, "H:i"), "ends": time_format(ends, "H:i")}
    whole = (ends - begins) == timedelta(minutes=A_DAY)
    return _("the whole day") if whole else _("%(begins)s–%(ends)s") % facts
