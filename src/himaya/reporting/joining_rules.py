"""Which reports may be read together, and when they may be parted."""

from himaya.kernel.access import Actor, Permission, allowed
from himaya.reporting.errors import (
    HasOthers,
    JoinedElsewhere,
    LessDangerous,
    OtherDesks,
    ReportIsDone,
)
from himaya.reporting.models import Report
from himaya.reporting.rules import OPEN_STATES


def is_in_danger(report: Report) -> bool:
    """Rated an emergency, or not rated and its writer says that somebody is in danger now."""
    if report.seriousness:
        return report.seriousness == Report.Seriousness.EMERGENCY
    return Report.Danger.NOW in report.danger


def check_may_join(actor: Actor, report: Report, main: Report, *, leads_others: bool) -> None:
    """Raise unless the actor may let `main` lead, and `report` leave the list with it.

    Both lie at the same desks, so that nobody loses sight of either; the one that tells of more
    danger leads, so that joining makes nothing less urgent. leads_others: `report` leads already.
    """
    actor.need(Permission.REPORT_TRIAGE)
    for each in (report, main):
        if each.state == Report.State.JOINED:
            raise JoinedElsewhere(report=each.pk)
    for each in (report, main):
        if each.state not in OPEN_STATES or report.pk == main.pk:
            raise ReportIsDone(report=each.pk, state=each.state)
    if _desks(report) != _desks(main):
        raise OtherDesks(report=report.pk, main=main.pk)
    if is_in_danger(report) and not is_in_danger(main):
        raise LessDangerous(report=report.pk, main=main.pk)
    if leads_others:
        raise HasOthers(report=report.pk)


def may_join(actor: Actor, report: Report, main: Report) -> bool:
    """The same rule as a question; whether `report` leads others is asked when it is done."""
    return allowed(check_may_join, actor, report, main, leads_others=False)


def check_may_part(actor: Actor) -> None:
    """Raise unless the actor rates reports."""
    actor.need(Permission.REPORT_TRIAGE)


def _desks(report: Report) -> tuple[object, object]:
    return report.desk_id, report.overtaken_by_id
