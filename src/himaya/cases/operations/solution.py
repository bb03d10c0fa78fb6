"""What the person chose."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.cases.models import Case, TrackState
from himaya.cases.operations.locked import locked
from himaya.cases.rules import check_may_choose
from himaya.cases.tracks import pack_of, stands_at, step_of, take_step
from himaya.kernel.access import Actor
from himaya.kernel.errors import Stale
from himaya.packs.entries import by_id
from himaya.packs.schema import Solution


@transaction.atomic
def choose_solution(
    *,
    actor: Actor,
    case_id: UUID,
    solution: str,
    declared: Collection[str],
    version: int,
    at: datetime,
) -> Case:
    """Record the solution that the person chose.

    declared: what the case worker states to be so, as guards of the pathway: `person_chose`,
    `informed`. Raises GateShut for a solution that needs a gate which has not been passed, and
    ConditionMissing when the choice was not free or not informed, and Stale when a colleague
    changed the case meanwhile.
    """
    case = locked(actor, case_id)
    chosen = by_id(pack_of(case).solutions, solution)
    check_may_choose(actor, case, chosen)
    if case.version != version:
        raise Stale(case=case.pk)
    held = {"person_chose", "informed"} & set(declared)
    if case.status == Case.Status.PRESUMED:
        held.add("presumed")
    track = _to_solution(chosen, case, actor=actor, held=held, at=at)
    case.solution = chosen.id
    case.version += 1
    case.save(update_fields=["solution", "version"])
    record(
        act="case.solution_chosen",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=case.desk_id,
        facts={"solution": chosen.id},
        rows=[case, track],
    )
    return case


def _to_solution(
    chosen: Solution, case: Case, *, actor: Actor, held: set[str], at: datetime
) -> TrackState:
    """Move the track to the chosen solution; from another one, by the person's change of mind."""
    step = step_of(case, chosen.step)
    if stands_at(case.id, step.track) not in {step.to, *step.origins}:
        take_step(step_id="change_mind", case_id=case.id, actor=actor, held=held, at=at)
    return take_step(step_id=step.id, case_id=case.id, actor=actor, held=held, at=at)
