"""Writes that span concepts: ending a case, by two officers."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.cases.models import Case, Closure
from himaya.cases.queries import case_for
from himaya.cases.tracks import take_step
from himaya.kernel.access import Actor
from himaya.pathway.errors import NothingToConfirm
from himaya.pathway.queries import under_way
from himaya.pathway.rules import check_may_ask_closure, check_may_decide_closure

NOTHING_OPEN = frozenset(
    {"no_open_shares", "no_open_clocks", "no_occupied_place", "no_open_proceedings"}
)


def _locked(actor: Actor, case_id: UUID) -> Case:
    known = case_for(actor, case_id)
    return Case.objects.select_for_update(of=("self",)).get(pk=known.pk)


@transaction.atomic
def ask_closure(
    *, actor: Actor, case_id: UUID, outcome: Case.Outcome, informed: bool, at: datetime
) -> Closure:
    """Ask for the end of a case, with its outcome; a second officer decides.

    Raises StillOpen while a referral or a consent is live, and NoSolution; then nothing has
    changed.
    """
    case = _locked(actor, case_id)
    check_may_ask_closure(actor, case, outcome, under_way(case, at))
    assert actor.officer_id is not None
    closure = Closure(case=case, outcome=outcome, asked_by=actor.officer_id, asked_at=at)
    closure.save(force_insert=True)
    held = NOTHING_OPEN | {"reasons_given"} | ({"informed"} if informed else set())
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
def decide_closure(*, actor: Actor, case_id: UUID, confirm: bool, at: datetime) -> Case:
    """Another officer confirms that the case ends, or refuses and it stays open.

    Raises SameOfficer for the one who asked, and StillOpen if something has begun meanwhile.
    """
    case = _locked(actor, case_id)
    closure = Closure.objects.select_for_update().filter(case=case, decided_at=None).first()
    if closure is None:
        raise NothingToConfirm(case=case.pk)
    check_may_decide_closure(actor, case, closure, under_way(case, at), confirm=confirm)
    closure.decided_by, closure.decided_at, closure.confirmed = actor.officer_id, at, confirm
    closure.save(update_fields=["decided_by", "decided_at", "confirmed"])
    if confirm:
        case.state, case.closed_at, case.outcome = Case.State.CLOSED, at, closure.outcome
        case.version += 1
        case.save(update_fields=["state", "closed_at", "outcome", "version"])
    track = take_step(
        step_id="close_case" if confirm else "refuse_closure",
        case_id=case.id,
        actor=actor,
        held=NOTHING_OPEN | {"different_officer", "reasons_given"},
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
