"""The sealed file of a case: writing into it, and opening it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from himaya.audit.record import record
from himaya.cases import sealed
from himaya.cases.documents import contents_of
from himaya.cases.operations.locked import locked
from himaya.cases.queries import case_for, compartment_of
from himaya.cases.rooms import room_of
from himaya.cases.rules import check_may_write
from himaya.cases.tracks import pack_of
from himaya.kernel.access import Actor
from himaya.packs.vocabulary import DeskKind
from himaya.vault import queries as vault
from himaya.vault import tokens
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment
from himaya.vault.opened import Opened
from himaya.vault.seal import seal


@transaction.atomic
def note(
    *, actor: Actor, case_id: UUID, kind: Compartment.Kind, name: str, words: str, at: datetime
) -> None:
    """Seal words about the person into one compartment of the case, made with the first words."""
    case = locked(actor, case_id)  # so that of two first notes one makes the compartment
    check_may_write(actor, case, pack_of(case).share_policy(DeskKind(case.desk.kind)), kind)
    room = room_of(case, kind, at)
    epoch = vault.key_of_compartment(room.compartment)
    item = seal(epoch=epoch, name=name, content=words.encode(), at=at)
    record(
        act="case.noted",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=case.desk_id,
        facts={"kind": kind.value},
        rows=[*room.made, item],
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

    Of a document it says what it is called; `documents.fetch` opens it.

    Raises NotKnown for a compartment of something else, NotGranted, NoKey or ReasonNeeded.
    """
    case = case_for(actor, case_id)
    compartment = compartment_of(case, compartment_id)
    items = sealed.opened(
        keyring=keyring,
        compartment_ids=[compartment.id],
        case_id=case.id,
        actor=actor,
        at=at,
        purpose=purpose,
        reason=reason,
        which=~Q(pk__in=contents_of(case.id)),
    )
    if compartment.kind == Compartment.Kind.IDENTITY:
        tokens.keep(compartment_id=compartment.id, said=_said_in(items))
    return items


def _said_in(items: Sequence[Opened]) -> list[tokens.Said]:
    """What of an identity can be searched for. Opened for the first time, it may have no token."""
    known = set(tokens.Domain.values)
    return [
        tokens.Said(tokens.Domain(item.name), item.text()) for item in items if item.name in known
    ]
