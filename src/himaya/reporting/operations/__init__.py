"""Every write to a report: one file a verb, and here what other concepts call."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.reporting.errors import ReportIsDone
from himaya.reporting.models import Report
from himaya.reporting.queries import report_for
from himaya.reporting.rules import OPEN_STATES


@transaction.atomic
def link_to_case(*, actor: Actor, report_id: UUID, case_id: UUID, at: datetime) -> Report:
    """The report became a person's case: it leaves the list, and the conversation stays open.

    Locks the row, so that of two officers one opens the case. Raises NotKnown or ReportIsDone.
    """
    report_for(actor, report_id)
    report = Report.objects.select_for_update().get(id=report_id)
    if report.state not in OPEN_STATES:
        raise ReportIsDone(report=report.pk, state=report.state)
    report.state = Report.State.LINKED
    report.due_at = None
    report.version += 1
    report.save(force_update=True)
    record(
        act="reporting.linked",
        actor=actor,
        at=at,
        subject_id=report.pk,
        desk_id=report.desk_id,
        facts={"case": str(case_id)},
        rows=[report],
    )
    return report
