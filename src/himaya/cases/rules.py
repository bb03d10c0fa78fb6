"""What may be done with a case, and by which step of the pathway."""

from collections.abc import Collection, Sequence
from uuid import UUID

from himaya.agencies.models import Desk
from himaya.cases.errors import (
    AgencyInvolved,
    AlreadyDecided,
    CannotSee,
    CaseIsClosed,
    CaseIsMerged,
    ConditionMissing,
    EmptyFile,
    FileTooLarge,
    GateShut,
    NoReasons,
    NotRated,
    NotScreened,
    NotYourStep,
    PartNotYours,
    ReportHasCase,
    ScreeningAsked,
    StepNotOpen,
)
from himaya.cases.models import Case
from himaya.identification.models import Screening
from himaya.kernel.access import Actor, Permission
from himaya.packs.desks import SharePolicy
from himaya.packs.engine import judge
from himaya.packs.schema import Solution
from himaya.packs.tracks import Step
from himaya.reporting.models import Report
from himaya.vault.files import LARGEST


def check_step(step: Step, *, stands_at: str, actor: Actor, held: Collection[str]) -> None:
    """Raise unless the pathway lets this actor take this step from here.

    held: names of the guards that the calling operation has found to be met.
    """
    judgement = judge(step, stands_at=stands_at, actor=actor, held=held)
    if not judgement.from_here:
        raise StepNotOpen(step=step.id, stands_at=stands_at)
    if not judgement.theirs:
        raise NotYourStep(step=step.id)
    if judgement.missing:
        raise ConditionMissing(step=step.id, missing=list(judgement.missing))


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
    if case.merged_into_id is not None:
        raise CaseIsMerged(case=case.pk)
    if case.state == Case.State.CLOSED:
        raise CaseIsClosed(case=case.pk)


def check_may_screen_again(actor: Actor, case: Case, *, asked: bool) -> None:
    """Raise unless the actor may ask for another screening of the person of this open case.

    Whoever leads the case asks, and whoever screens. asked: one waits already.
    """
    if not actor.may(Permission.PERSON_SCREEN):
        actor.need(Permission.CASE_WORK)
    if case.merged_into_id is not None:
        raise CaseIsMerged(case=case.pk)
    if case.state == Case.State.CLOSED:
        raise CaseIsClosed(case=case.pk)
    if asked:
        raise ScreeningAsked(case=case.pk)


def check_may_write(actor: Actor, case: Case, policy: SharePolicy | None, kind: str) -> None:
    """Raise unless the actor leads this open case, and its desk may hold this part of the file.

    policy: what the country lets come to desks of that kind. What it never lets come to them they
    do not gather themselves.
    """
    check_may_work(actor, case)
    if policy is not None and kind in policy.never:
        raise PartNotYours(case=case.pk, kind=kind)


def check_may_add(size: int) -> None:
    """Raise unless a document of so many bytes can be put into the file."""
    if size > LARGEST:
        raise FileTooLarge(size=size)
    if size == 0:
        raise EmptyFile


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


def check_sees(officer_id: UUID | None, sees: Collection[UUID]) -> None:
    """Raise if somebody would be given what they cannot open. None: it is for anybody there.

    sees: the officers of the desk who hold its key.
    """
    if officer_id is not None and officer_id not in sees:
        raise CannotSee(officer=officer_id)


def check_may_lead(
    actor: Actor, case: Case, worker_id: UUID | None, sees: Collection[UUID]
) -> None:
    """Raise unless the actor works on the case, and whoever leads it from now on may see it."""
    check_may_work(actor, case)
    check_sees(worker_id, sees)
