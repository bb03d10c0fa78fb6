"""Who the person is: written under seal, and as blind tokens, so that they are found again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.cases.models import Case
from himaya.cases.operations.locked import locked
from himaya.cases.rooms import room_of
from himaya.cases.rules import check_may_work
from himaya.kernel.access import Actor
from himaya.vault import queries as vault
from himaya.vault import tokens
from himaya.vault.models import Compartment
from himaya.vault.seal import seal


@transaction.atomic
def identify(*, actor: Actor, case_id: UUID, said: Sequence[tokens.Said], at: datetime) -> Case:
    """Seal names, documents and telephone numbers, each by itself, and keep their blind tokens.

    They go into the part of the file that holds who the person is; what lies there stays.
    """
    case = locked(actor, case_id)
    check_may_work(actor, case)
    room = room_of(case, Compartment.Kind.IDENTITY, at)
    epoch = vault.key_of_compartment(room.compartment)
    items = [
        seal(epoch=epoch, name=each.domain.value, content=each.text.encode(), at=at)
        for each in said
    ]
    tokens.keep(compartment_id=room.compartment.id, said=said)
    record(
        act="case.identified",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=case.desk_id,
        facts={"kind": Compartment.Kind.IDENTITY.value, "items": len(items)},
        rows=[*room.made, *items],
    )
    return case
