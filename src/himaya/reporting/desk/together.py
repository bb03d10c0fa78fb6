"""Which reports are read together with one, which are like it, in words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from himaya.kernel.access import Actor, Permission
from himaya.reporting.joined import SHOWN, alike_waiting, join_of, joined_to, joins_before
from himaya.reporting.models import Join, Report


@dataclass(frozen=True, slots=True)
class Other:
    """Another report, by its number."""

    id: UUID
    number: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Together:
    """leader: the report that leads this one, if any, and why. others: those that this one leads.

    alike: reports that wait and have words like these, the first of them; alike_number: all.
    before: joins that were parted again.
    """

    leader: Other | None
    why: str
    others: list[Other]
    alike: list[Other]
    alike_number: int
    before: list[Join]
    may_change: bool


def together(actor: Actor, report: Report) -> Together:
    """Everything that stands beside a report, for an officer of its desk."""
    join = join_of(report.pk)
    alike = alike_waiting(actor, report)
    return Together(
        leader=_other(join.main) if join else None,
        why=str(join.get_reason_display()) if join else "",
        others=[_other(each) for each in joined_to(report.pk)[:SHOWN]],
        alike=[_other(each) for each in alike[:SHOWN]],
        alike_number=alike.count(),
        before=list(joins_before(report.pk)),
        may_change=actor.may(Permission.REPORT_TRIAGE),
    )


def _other(report: Report) -> Other:
    return Other(report.pk, report.pk.hex[:8].upper(), report.received_at)
