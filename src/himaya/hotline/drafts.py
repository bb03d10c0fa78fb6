"""What lies sealed of a call: the notes while it lasts, then the number to read out."""

from datetime import datetime
from uuid import UUID

from himaya.hotline.models import Call, Draft, Handover
from himaya.hotline.notes import Notes
from himaya.hotline.queries import call_for, draft_of
from himaya.hotline.rules import DRAFT_LASTS
from himaya.hotline.sealed import opened_by_operator, sealed_for
from himaya.kernel.access import Actor
from himaya.vault.keyring import Keyring


def put(actor: Actor, call: Call, notes: Notes, handover: Handover | None, at: datetime) -> None:
    """Keep the notes sealed, for the operator and for whoever the call waits for."""
    sealed = sealed_for(actor, notes.to_bytes(), handover)
    Draft.objects.update_or_create(
        call=call,
        defaults={
            "holds": Draft.Holds.NOTES,
            "sealed": sealed,
            "saved_at": at,
            "until": at + DRAFT_LASTS,
        },
    )


def read(keyring: Keyring, call: Call, at: datetime) -> Notes:
    """What was noted of this call so far; blank when nothing was. Raises CallOver."""
    draft = draft_of(call, Draft.Holds.NOTES, at)
    return Notes.from_bytes(opened_by_operator(keyring, draft)) if draft else Notes()


def number_to_read(actor: Actor, keyring: Keyring, call_id: UUID, at: datetime) -> str | None:
    """The twenty digits, until they were read out or their time is over; then None."""
    draft = draft_of(call_for(actor, call_id), Draft.Holds.NUMBER, at)
    return opened_by_operator(keyring, draft).decode() if draft else None
