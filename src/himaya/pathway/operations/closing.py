"""Ending a case, by two officers."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.cases.models import Case, Closure
from himaya.cases.operations.locked import locked
from himaya.cases.tracks import take_step
from himaya.identification.operations import asking as identification
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotPermitted
from himaya.pathway.queries import closure_waiting, under_way
from himaya.pathway.rules import check_may_ask_closure, check_may_decide_closure


@transaction.atomic
def ask_closure(
    *, actor: Actor, case_id: UUID, outcome: Case.Outcome, informed: bool, at: datetime
) -> Closure:
    """Ask for the end of a case, with its outcome; a second officer decides.

    Raises StillOpen while a referral, a consent, a place, a task or a duty is open, NoSolution and
    AlreadyAsked; then nothing has changed.
    """
    case = locked(actor, case_id)
    live = under_way(case, at)
    waiting = closure_waiting(case) is not None
    check_may_ask_closure(actor, case, outcome, live, waiting=waiting)
    if actor.officer_id is None:
        raise NotPermitted(actor=actor.name)
    closure = Closure(case=case, outcome=outcome, asked_by=actor.officer_id, asked_at=at)
    closure.save(force_insert=True)
    held = live.ending(outcome).met() | {"reasons_given"}  # the outcome is the reason
    if informed:
        held.add("informed")
    track = take_step(step_id="request_closure", case_id=case.id, actor=actor, held=held, at=at)
    record(
        act="case.closure_asked",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=case.desk_id,
        facts={"outcome": outcome.value},
        rows=[closure, track],
    )
    return closure


@transaction.atomic
def decide_closure(
    *, actor: Actor, case_id: UUID, confirm: bool, why: str = "", at: datetime
) -> Case:
    """Another officer confirms that the case ends, or refuses, says why, and it stays open.

    With the case ends a screening that nobody has made. Raises SameOfficer for the one who asked,
    StillOpen if something has begun meanwhile, NothingToConfirm and NoReason.
    """
    case = locked(actor, case_id)
    closure, live = closure_waiting(case), under_way(case, at)
    check_may_decide_closure(actor, case, closure, live, confirm=confirm, why=why)
    assert closure is not None  # the rule refused it
    closure.decided_by, closure.decided_at, closure.confirmed = actor.officer_id, at, confirm
    closure.why = "" if confirm else why
    closure.save(update_fields=["decided_by", "decided_at", "confirmed", "why"])
    if confirm:
        case.state, case.closed_at, case.outcome = Case.State.CLOSED, at, closure.outcome
        case.version += 1
        case.save(update_fields=["state", "closed_at", "outcome", "version"])
        identification.end_with_case(actor=actor, subject_id=case.id, at=at)
    track = take_step(
        step_id="close_case" if confirm else "refuse_closure",
        case_id=case.id,
        actor=actor,
        held=live.ending(closure.outcome).met() | {"different_officer", "reasons_given"},
        at=at,
    )
    record(
        act="case.closed" if confirm else "case.closure_refused",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=case.desk_id,
        facts={"outcome": closure.outcome},
        rows=[closure, case, track],
    )
    return case
