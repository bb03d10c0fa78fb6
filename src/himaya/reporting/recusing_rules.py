"""Who may hand a report on because somebody is named in it, and what it says of them then."""

from collections.abc import Collection

from himaya.kernel.access import Actor, Permission, allowed
from himaya.packs.routing import ANY_OFFICIAL, Way
from himaya.packs.schema import Pack
from himaya.reporting.errors import JoinedElsewhere, NobodyElse, NobodyNamed, ReportIsDone
from himaya.reporting.models import Recusal, Report
from himaya.reporting.rules import OPEN_STATES


def check_may_recuse(actor: Actor, report: Report) -> None:
    """Raise unless the actor rates reports, and this one waits and stands for itself."""
    actor.need(Permission.REPORT_TRIAGE)
    if report.state == Report.State.JOINED:
        raise JoinedElsewhere(report=report.pk)
    if report.state not in OPEN_STATES:
        raise ReportIsDone(report=report.pk, state=report.state)


def may_recuse(actor: Actor, report: Report) -> bool:
    """The same rule as a question, for the page that shows or hides the way there."""
    return allowed(check_may_recuse, actor, report)


def found_named(reason: str, own: Collection[str], others: Collection[str]) -> frozenset[str]:
    """Who was found named on reading: agencies of the desks that read it now, and whoever else.

    Raises NobodyNamed when the reason is that others are, and nobody was said.
    """
    named = frozenset(others) | (frozenset(own) if reason == Recusal.Reason.OWN else frozenset())
    if not named:
        raise NobodyNamed
    return named


def check_way(pack: Pack, way: Way, named: Collection[str]) -> None:
    """Raise NobodyElse when the way leads to somebody who is named: every desk is of one."""
    if pack.desk(way.intake).agency in named:
        raise NobodyElse(desk=way.intake)


def involved_after(report: Report, found: Collection[str]) -> str:
    """What stands in clear of who may be involved, once the desk has found these named."""
    if ANY_OFFICIAL in found or report.involved == Report.Involved.ANY_OFFICIAL:
        return Report.Involved.ANY_OFFICIAL
    if report.involved == Report.Involved.NOT_SURE:
        return Report.Involved.NOT_SURE
    return Report.Involved.AGENCY


def agencies_after(report: Report, found: Collection[str]) -> list[str]:
    """The agencies that may be involved, once the desk has found these named."""
    return sorted({*report.involved_agencies, *found} - {ANY_OFFICIAL})
