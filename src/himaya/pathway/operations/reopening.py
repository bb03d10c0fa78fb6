"""A case that has ended goes on: the person came back, or something new is known."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.cases.models import Case
from himaya.cases.operations.locked import locked
from himaya.cases.rooms import room_of
from himaya.cases.screening import ask_for_screening
from himaya.cases.tracks import take_step
from himaya.identification.models import Screening
from himaya.kernel.access import Actor
from himaya.pathway.rules import check_may_reopen
from himaya.vault import queries as vault
from himaya.vault.models import Compartment
from himaya.vault.seal import seal

STEP = "reopen_case"


@transaction.atomic
def reopen(*, actor: Actor, case_id: UUID, why: str, words: str, at: datetime) -> Case:
    """Open an ended case again, with a reason as code and, sealed, in words.

    What its tracks wait for is due again, also a screening that nobody had made. What the former
    end destroyed stays destroyed.
    Raises NotEnded or NoReason, or as `take_step` does; then nothing has changed.
    """
    case = locked(actor, case_id)
    check_may_reopen(actor, case, why)
    case.state, case.closed_at, case.outcome = Case.State.OPEN, None, ""
    case.version += 1
    case.save(update_fields=["state", "closed_at", "outcome", "version"])
    track = take_step(step_id=STEP, case_id=case.pk, actor=actor, held={"reasons_given"}, at=at)
    room = room_of(case, Compartment.Kind.NARRATIVE, at)
    epoch = vault.key_of_compartment(room.compartment)
    said = seal(epoch=epoch, name="reopened", content=words.encode(), at=at)
    record(
        act="case.reopened",
        actor=actor,
        at=at,
        subject_id=case.pk,
        desk_id=case.desk_id,
        facts={"why": why},
        rows=[case, track, *room.made, said],
    )
    if not _is_asked(case):
        ask_for_screening(case, actor=actor, at=at)
    return case


def _is_asked(case: Case) -> bool:
    """Whether the person was screened, or waits for it; what ended with the case was not made."""
    screenings = Screening.objects.filter(subject_id=case.pk)
    return screenings.exclude(state=Screening.State.ENDED).exists()
