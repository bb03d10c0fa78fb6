"""How soon desks answer each other: counts of referrals, protected as the other figures are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Case, CharField, Count, Value, When

from himaya.statistics.disclosure import Cell, Mark, is_small, protect
from himaya.statistics.figures import Number, Published
from himaya.statistics.models import ReferralFact

DAY_HOURS, THREE_DAYS_HOURS = 24, 72


class Priority(StrEnum):
    """How soon an answer was wanted."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    NORMAL = "normal"


class Band(StrEnum):
    """How soon the desk that was asked had seen the referral."""

    DAY = "day"
    THREE_DAYS = "three_days"
    LATER = "later"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Answers:
    """True counts of referrals: (priority, band) → number."""

    number: Mapping[tuple[str, str], int]


def answers() -> Answers:
    """This country's referrals, by how soon they were seen."""
    band = Case(
        When(acknowledged_hours__isnull=True, then=Value(Band.NEVER.value)),
        When(acknowledged_hours__lt=DAY_HOURS, then=Value(Band.DAY.value)),
        When(acknowledged_hours__lt=THREE_DAYS_HOURS, then=Value(Band.THREE_DAYS.value)),
        default=Value(Band.LATER.value),
        output_field=CharField(),
    )
    found = ReferralFact.objects.annotate(band=band).values_list("priority", "band")
    return Answers({(priority, at): n for priority, at, n in found.annotate(Count("pk"))})


def published_answers(counts: Answers) -> Published:
    """The counts as they may be shown together in one table, with its sums.

    Keys: ("answer", priority, band), ("priority", p), ("band", b), ("total",).
    """
    cells = list(_circulation(counts))
    marks = protect(cells)
    total = sum(counts.number.values())
    if is_small(total):
        marks = dict.fromkeys(marks, Mark.FEWER)
    return Published(
        {
            cell.key: Number(cell.count if marks[cell.key] is Mark.SHOWN else None, marks[cell.key])
            for cell in cells
        }
    )


def _circulation(counts: Answers) -> Iterator[Cell]:
    """Every count of the table; all referrals flow through its priorities and its bands."""
    for priority in Priority:
        row = [counts.number.get((priority, band), 0) for band in Band]
        yield Cell(("priority", priority), "all", ("p", priority), sum(row), is_total=True)
        for band, number in zip(Band, row, strict=True):
            yield Cell(("answer", priority, band), ("p", priority), ("b", band), number)
    for band in Band:
        column = sum(counts.number.get((priority, band), 0) for priority in Priority)
        yield Cell(("band", band), ("b", band), "end", column, is_total=True)
    total = sum(counts.number.values())
    yield Cell(("total",), "end", "all", total, is_total=True)
