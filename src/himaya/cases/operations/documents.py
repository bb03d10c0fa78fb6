"""Documents of a case: putting one into a part of the file, and taking it out."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from himaya.audit.record import record
from himaya.cases import sealed
from himaya.cases.documents import ABOUT, part_with
from himaya.cases.models import Document
from himaya.cases.operations.locked import locked
from himaya.cases.queries import case_for
from himaya.cases.rooms import room_of
from himaya.cases.rules import check_may_add, check_may_write
from himaya.cases.tracks import pack_of
from himaya.kernel.access import Actor
from himaya.packs.vocabulary import DeskKind
from himaya.vault import queries as vault
from himaya.vault.files import FILE, File
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment
from himaya.vault.padding import padded_length
from himaya.vault.seal import seal


@transaction.atomic
def add(
    *,
    actor: Actor,
    case_id: UUID,
    kind: Compartment.Kind,
    file: File,
    words: str,
    at: datetime,
) -> Document:
    """Seal a document, and what the officer says about it, into one part of the case's file.

    Its name and kind are sealed as well. words: may be empty. Raises NotKnown, PartNotYours,
    FileTooLarge or EmptyFile; then nothing is kept.
    """
    assert actor.officer_id is not None  # only officers lead cases
    check_may_add(len(file.content))
    case = locked(actor, case_id)
    check_may_write(actor, case, pack_of(case).share_policy(DeskKind(case.desk.kind)), kind)
    room = room_of(case, kind, at)
    epoch = vault.key_of_compartment(room.compartment)
    about = File(file.name, file.kind, b"").to_bytes()
    items = [
        seal(epoch=epoch, name=ABOUT, content=about, at=at),
        seal(epoch=epoch, name=FILE, content=file.to_bytes(), at=at),
    ]
    document = Document.objects.create(
        case=case,
        about=items[0],
        content=items[1],
        size_class=padded_length(len(file.content)),
        added_by_id=actor.officer_id,
        added_at=at,
    )
    if words.strip():
        items.append(seal(epoch=epoch, name="note", content=words.encode(), at=at))
    record(
        act="case.document_added",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=case.desk_id,
        facts={"kind": kind.value},
        rows=[*room.made, *items, document],
    )
    return document


@transaction.atomic
def fetch(
    *,
    actor: Actor,
    keyring: Keyring,
    case_id: UUID,
    file_id: UUID,
    at: datetime,
    reason: str = "",
) -> File:
    """One document of a case, or file of its report, as it was added; the opening is recorded.

    file_id: of the sealed file. reason: as for `file.read`. Raises NotKnown for one of another case
    or of a part that no desk of the actor's holds.
    """
    case = case_for(actor, case_id)
    (item,) = sealed.opened(
        keyring=keyring,
        compartment_ids=[part_with(actor, case, file_id)],
        case_id=case.id,
        actor=actor,
        at=at,
        purpose="document",
        reason=reason,
        which=Q(pk=file_id),
    )
    return File.from_bytes(item.content)
