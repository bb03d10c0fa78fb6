"""What the operator notes while the caller speaks: sealed anew every few seconds."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.hotline.drafts import put
from himaya.hotline.holding import held
from himaya.hotline.notes import Notes
from himaya.hotline.queries import offered
from himaya.kernel.access import Actor


@transaction.atomic
def note(*, actor: Actor, call_id: UUID, notes: Notes, language: str, at: datetime) -> None:
    """Seal what was noted so far, in place of what was sealed before.

    Leaves no entry of its own in the ledger, unless the language changes: it happens every five
    seconds, and says nothing that the call does not. Raises CallOver, NoKey or KeyNotTrusted.
    """
    call = held(actor, call_id)
    put(actor, call, notes, offered(call), at)
    if call.language != language:
        call.language = language
        call.save(update_fields=["language"])
        record(
            act="hotline.language",
            actor=actor,
            at=at,
            subject_id=call.pk,
            desk_id=call.desk_id,
            rows=[call],
        )
