"""What may be done with a case, and by which step of the pathway."""

from collections.abc import Collection, Sequence

from himaya.agencies.models import Desk
from himaya.cases.errors import (
    AgencyInvolved,
    AlreadyDecided,
    CaseIsClosed,
    ConditionMissing,
    GateShut,
    NoReasons,
    NotRated,
    NotScreened,
    NotYourStep,
    ReportHasCase,
    StepNotOpen,
)
from himaya.cases.models import Case
from himaya.identification.models import Screening
from himaya.kernel.access import Actor, Permission
from himaya.packs.schema import Solution
from himaya.packs.tracks import Step
from himaya.reporting.models import Report


def check_step(step: Step, *, stands_at: str, actor: Actor, held: Collection[str]) -> None:
    """Raise unless the pathway lets this actor take this step from here.

    held: names of the guards that the calling operation has found to be met.
    """
    if stands_at not in step.origins:
        raise StepNotOpen(step=step.id, stands_at=stands_at)
    if actor.kind == "officer" and actor.roles.isdisjoint(step.actors):
        raise NotYourStep(step=step.id)
    missing = sorted(set(step.guards) - set(held))
    if missing:
        raise ConditionMissing(step=step.id, missing=missing)


def check_may_open(actor: Actor, report: Report, *, opened: bool) -> None:
    """Raise unless the actor may open a case from this report, rated and without one yet."""
    actor.need(Permission.CASE_OPEN)
    if opened or report.state == Report.State.LINKED:
        raise ReportHasCase(report=report.pk)
    if report.seriousness is None:
        raise NotRated(report=report.pk)


def check_may_receive(desk: Desk, kept_from: Collection[str]) -> None:
    """Raise if the desk's agency is one that the report names: it must not reach whom it is about.

    kept_from: codes of those agencies.
    """
    if desk.agency.code in kept_from:
        raise AgencyInvolved(desk=desk.pk)


def check_may_work(actor: Actor, case: Case) -> None:
    """Raise unless the actor leads this open case."""
    actor.need(Permission.CASE_WORK)
    if case.desk_id not in actor.desk_ids:
        raise NotYourStep(case=case.pk)
    if case.state == Case.State.CLOSED:
        raise CaseIsClosed(case=case.pk)


def check_may_decide_status(
    actor: Actor, case: Case, screening: Screening, *, decided: bool, reasons: Sequence[str]
) -> None:
    """Raise unless the actor may decide on this screening whether the person is presumed a victim.

    Reasonable grounds are enough; proof is not needed. Source: CETS No. 197, article 10(2).
    """
    actor.need(Permission.STATUS_PRESUME)
    if case.state == Case.State.CLOSED:
        raise CaseIsClosed(case=case.pk)
    if screening.state != Screening.State.TAKEN or screening.subject_id != case.pk:
        raise NotScreened(case=case.pk)
    if decided:
        raise AlreadyDecided(screening=screening.pk)
    if not reasons:
        raise NoReasons(case=case.pk)


def check_may_choose(actor: Actor, case: Case, solution: Solution) -> None:
    """Raise unless the actor may record that the person chose this solution.

    A solution behind a gate stays shut while the gate has not been passed.
    """
    check_may_work(actor, case)
    if solution.gate is not None:
        raise GateShut(case=case.pk, gate=solution.gate)
