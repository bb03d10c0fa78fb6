"""An officer says how serious a report is."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.packs.calendar import due_at
from himaya.packs.loader import current
from himaya.reporting.models import Report
from himaya.reporting.queries import report_for
from himaya.reporting.rules import check_may_rate, clock_of


@transaction.atomic
def rate(
    *,
    actor: Actor,
    report_id: UUID,
    seriousness: Report.Seriousness,
    version: int,
    at: datetime,
) -> Report:
    """Rate a report, or rate it anew; the time to act counts from when it arrived.

    Locks the row. Raises NotPermitted, NotKnown or ReportIsDone, and Stale when a colleague
    changed the report after the form was made; then nothing has changed.
    """
    report_for(actor, report_id)
    report = Report.objects.select_for_update().get(id=report_id)
    check_may_rate(actor, report, version)
    report.state = Report.State.TRIAGED
    report.seriousness = seriousness
    report.set_back = False
    clock = current().clock(clock_of(seriousness))
    report.due_at = due_at(report.received_at, clock, current().calendar)
    report.version += 1
    report.save(force_update=True)
    record(
        act="reporting.rated",
        actor=actor,
        at=at,
        subject_id=report.pk,
        desk_id=report.desk_id,
        facts={"seriousness": seriousness.value},
        rows=[report],
    )
    return report
