"""Retention in words: rules as the pack calls them, counts, and dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from himaya.packs.entries import by_id
from himaya.packs.loader import current
from himaya.retention.models import Erasure, Forecast, Hold, Tombstone
from himaya.retention.queries import Month, Soon


@dataclass(frozen=True, slots=True)
class Gone:
    """One line of what was destroyed."""

    month: date
    what: str
    why: str
    parts: int
    backups_until: date


@dataclass(frozen=True, slots=True)
class Due:
    """One line of what falls due within thirty days."""

    what: str
    records: int
    parts: int
    waits_for: str


@dataclass(frozen=True, slots=True)
class ToReview:
    """Parts that somebody must look at. number: the record's, as officers speak of it."""

    subject_id: UUID
    number: str
    rule: str
    what: str
    parts: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """A legal hold that stands."""

    id: UUID
    number: str
    of: str
    reason: str
    placed_at: datetime
    days: int
    late: bool
    confirm_by: datetime


@dataclass(frozen=True, slots=True)
class Erased:
    """An erasure at a person's request. number: the record's, as officers speak of it."""

    number: str
    of: str
    ordered_at: datetime
    backups_until: date | None


def rule_label(rule: str) -> str:
    """What the country calls a rule; nothing for what no rule has ended."""
    try:
        return by_id(current().retention, rule).label.text()
    except KeyError:  # of an older pack, or none
        return rule


def gone(months: Iterable[Month]) -> list[Gone]:
    """What was destroyed, as the page lists it."""
    return [
        Gone(
            each.month,
            rule_label(each.rule),
            str(Tombstone.Cause(each.cause).label),
            each.parts,
            each.backups_until,
        )
        for each in months
    ]


def due(soon: Iterable[Soon]) -> list[Due]:
    """What falls due soon, as the page lists it."""
    return [
        Due(
            rule_label(each.rule),
            each.records,
            each.parts,
            str(Forecast.WaitsFor(each.waits_for).label),
        )
        for each in soon
    ]


def to_review(rows: Iterable[Forecast]) -> list[ToReview]:
    """What somebody must look at, as the page lists it."""
    return [
        ToReview(
            row.subject_id,
            str(row.subject_id)[:8].upper(),
            row.rule,
            rule_label(row.rule),
            row.parts,
            row.due_on,
        )
        for row in rows
    ]


def erasures(rows: Iterable[Erasure]) -> list[Erased]:
    """Erasures at a person's request, as the page lists them."""
    return [
        Erased(
            str(row.subject_id)[:8].upper(),
            row.get_of_display(),
            row.ordered_at,
            row.backups_until,
        )
        for row in rows
    ]


def holds(rows: Iterable[Hold], at: datetime) -> list[Standing]:
    """Holds that stand, as the page lists them."""
    return [
        Standing(
            row.id,
            row.number,
            row.get_of_display(),
            row.get_reason_display(),
            row.placed_at,
            max((at - row.placed_at).days, 0),
            row.confirm_by <= at,
            row.confirm_by,
        )
        for row in rows
    ]
