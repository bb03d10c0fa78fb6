"""Opening what officers wrote about a decision."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.decisions.models import Decision
from himaya.decisions.queries import views_of
from himaya.decisions.sealed import Words, words_of
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown
from himaya.vault.keyring import Keyring


@transaction.atomic
def read(
    *, actor: Actor, keyring: Keyring, decision_id: UUID, at: datetime, reason: str = ""
) -> dict[UUID, Words]:
    """The sealed words of a decision, id → words: of one's own view, and of the other's once one's
    own is written or it is decided. The opening is recorded.

    Raises NotKnown for a decision of another desk, NotGranted, NoKey or ReasonNeeded.
    """
    actor.need(Permission.STATUS_DECIDE)
    decision = Decision.objects.visible_to(actor).filter(pk=decision_id).first()
    if decision is None:
        raise NotKnown(decision=decision_id)
    which = [word for view in views_of(decision) for word in view.word_ids]
    return words_of(
        keyring=keyring, decision=decision, which=which, actor=actor, at=at, reason=reason
    )
