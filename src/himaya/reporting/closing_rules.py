"""When a report may be closed without a case, and taken up again."""

from himaya.kernel.access import Actor, Permission
from himaya.reporting.errors import JoinedElsewhere, NotClosed, ReportIsDone
from himaya.reporting.models import Report
from himaya.reporting.rules import OPEN_STATES

ACT = "reporting.discard"


def check_may_close(actor: Actor, report: Report) -> None:
    """Raise unless the actor rates reports, and this one is still on the list."""
    actor.need(Permission.REPORT_TRIAGE)
    if report.state == Report.State.JOINED:
        raise JoinedElsewhere(report=report.pk)
    if report.state not in OPEN_STATES:
        raise ReportIsDone(report=report.pk, state=report.state)


def check_may_reopen(actor: Actor, report: Report) -> None:
    """Raise unless the actor rates reports, and this one was closed."""
    actor.need(Permission.REPORT_TRIAGE)
    if report.state != Report.State.CLOSED:
        raise NotClosed(report=report.pk, state=report.state)
