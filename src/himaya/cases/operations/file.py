"""The sealed file of a case: writing into it, and opening it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.audit.record import record
from himaya.cases import sealed
from himaya.cases.operations.locked import locked
from himaya.cases.queries import case_for, compartment_of
from himaya.cases.rules import check_may_work
from himaya.kernel.access import Actor
from himaya.vault import queries as vault
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment, Grant
from himaya.vault.opened import Opened
from himaya.vault.seal import open_circle, seal


@transaction.atomic
def note(
    *, actor: Actor, case_id: UUID, kind: Compartment.Kind, name: str, words: str, at: datetime
) -> None:
    """Seal words about the person into one compartment of the case, made with the first words."""
    case = locked(actor, case_id)  # so that of two first notes one makes the compartment
    check_may_work(actor, case)
    existing = vault.compartments_of(case.id).filter(kind=kind).first()
    made: list[Model] = []
    if existing is None:
        readers = vault.readers([case.desk_id], Grant.Reason.CASE)
        circle = open_circle(kind=kind, subject_id=case.id, readers=readers, at=at)
        existing = circle.compartment
        made = [circle.compartment, circle.epoch, *circle.grants]
    item = seal(epoch=vault.key_of_compartment(existing), name=name, content=words.encode(), at=at)
    record(
        act="case.noted",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=case.desk_id,
        facts={"kind": kind.value},
        rows=[*made, item],
    )


@transaction.atomic
def read(
    *,
    actor: Actor,
    keyring: Keyring,
    case_id: UUID,
    compartment_id: UUID,
    purpose: str,
    at: datetime,
    reason: str = "",
) -> list[Opened]:
    """Open one compartment of a case; the read is recorded. reason: needed the first time.

    Raises NotKnown for a compartment of something else, NotGranted, NoKey or ReasonNeeded.
    """
    case = case_for(actor, case_id)
    compartment = compartment_of(case, compartment_id)
    return sealed.opened(
        keyring=keyring,
        compartment_ids=[compartment.id],
        case_id=case.id,
        actor=actor,
        at=at,
        purpose=purpose,
        reason=reason,
    )
