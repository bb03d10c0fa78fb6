"""Reports that are read together, read for an officer."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from himaya.kernel.access import Actor
from himaya.reporting.models import WAITING, Join, Report

SHOWN = 50


def join_of(report_id: UUID) -> Join | None:
    """What a report is joined by now; None when it stands for itself."""
    joined = Join.objects.select_related("main").filter(parted_at__isnull=True)
    return joined.filter(report=report_id).first()


def joined_to(main_id: UUID) -> QuerySet[Report]:
    """The reports that are read together with this one, the oldest first."""
    now = Join.objects.filter(main=main_id, parted_at__isnull=True)
    return Report.objects.filter(pk__in=now.values("report_id")).order_by("received_at", "id")


def joins_before(report_id: UUID) -> Sequence[Join]:
    """How the report was joined and parted before, the newest first."""
    over = Join.objects.filter(report=report_id, parted_at__isnull=False)
    return list(over.order_by("-parted_at"))


def alike_waiting(actor: Actor, report: Report) -> QuerySet[Report]:
    """Other reports that wait, whose words are like this one's, the oldest first."""
    first = report.alike_id or report.pk
    waiting = Report.objects.visible_to(actor).filter(WAITING)
    same = waiting.filter(alike=first) | waiting.filter(pk=first)
    return same.exclude(pk=report.pk).order_by("received_at", "id")
