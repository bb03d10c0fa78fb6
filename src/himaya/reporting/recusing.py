"""Handing a report on: who reads it, and the one statement by which it moves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError

from himaya.reporting.models import Recusal, Report


@dataclass(frozen=True, slots=True)
class Readers:
    """The desk that receives a report now, and the one that may be woken when it is silent."""

    intake: UUID
    second: UUID | None

    def reading(self, report: Report) -> set[UUID]:
        """Who reads the report once it lies with these: a second desk that was woken stays so."""
        if self.second is not None and self.second == report.overtaken_by_id:
            return {self.intake, self.second}
        return {self.intake}


def reading_now(report: Report) -> set[UUID]:
    """The desks that read the report: the one that received it, and the one that took it over."""
    return {desk_id for desk_id in (report.desk_id, report.overtaken_by_id) if desk_id}


def hand_on(
    report: Report,
    *,
    to: Readers,
    involved: str,
    agencies: Collection[str],
    due_at: datetime,
) -> Report:
    """Move the row to its next desk, as new and due then; answers it as it is now.

    By a function of the database, because whoever moves it may not see it afterwards. It refuses
    a desk of an agency that is named, and to forget one that was.
    """
    moved = Report.objects.raw(
        "SELECT * FROM reporting_hand_on(%s, %s, %s, %s, %s, %s)",
        [report.pk, to.intake, to.second, involved, list(agencies), due_at],
    )
    found = next(iter(moved), None)
    if found is None:
        raise DatabaseError("the database refused to hand the report on")
    return found


def given_up(report: Report) -> list[Recusal]:
    """Who gave the report up before, the newest first; for the desks that read it now."""
    return list(Recusal.objects.filter(report=report).select_related("desk").order_by("-at"))
