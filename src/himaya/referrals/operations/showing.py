"""What a referral shows: to its sender before it leaves, and to its receiver, the same."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.cases.queries import case_for
from himaya.kernel.access import Actor
from himaya.referrals import sealed
from himaya.referrals.models import Referral
from himaya.referrals.operations.trace import locked, trace
from himaya.referrals.queries import (
    facts_sent,
    mark_of,
    parts_of,
    parts_shared,
    referral_for,
    words_of,
)
from himaya.referrals.rules import check_may_read, check_may_send
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment

State = Referral.State


@dataclass(frozen=True, slots=True)
class Received:
    """Exactly what the receiving desk sees of the person: coded facts, and words by compartment.

    mark: stands for all of it; it differs as soon as anything is added.
    """

    facts: dict[str, str]
    parts: list[tuple[str, list[str]]]
    message: list[str]
    mark: str = ""


@transaction.atomic
def preview(
    *, actor: Actor, keyring: Keyring, referral_id: UUID, at: datetime, reason: str = ""
) -> Received:
    """What the receiver will see, opened with the sender's own keys before anything is sent.

    reason: needed when the officer opens the person's file for the first time.
    """
    referral = referral_for(actor, referral_id)
    check_may_send(actor, referral, State.SENT)
    return _shown(actor, keyring, referral, at, purpose="preview", reason=reason)


@transaction.atomic
def read(
    *, actor: Actor, keyring: Keyring, referral_id: UUID, at: datetime, reason: str = ""
) -> Received:
    """What goes with a referral, opened by either desk; every part is recorded as read.

    With it the sender has read the answer, once there is one. reason: needed when the officer
    opens the person's file for the first time; without it ReasonNeeded is raised.
    """
    referral = referral_for(actor, referral_id)
    check_may_read(actor, referral)
    if referral.sender_id in actor.desk_ids and referral.answer_waits:
        referral = locked(actor, referral_id)
        referral.answer_read_at = at
        referral.save(update_fields=["answer_read_at"])
        trace(referral, "referral.answer_read", actor=actor, at=at, rows=[referral])
    return _shown(actor, keyring, referral, at, purpose="referral", reason=reason)


def _parts(actor: Actor, referral: Referral) -> list[Compartment]:
    """What a draft would share; once sent, what it does share."""
    if referral.state == State.DRAFT:
        return parts_of(case_for(actor, referral.case_id), referral.kinds)
    return parts_shared(referral)


def _shown(
    actor: Actor, keyring: Keyring, referral: Referral, at: datetime, *, purpose: str, reason: str
) -> Received:
    """The one description of what a referral shows, for the preview and for the receiver alike."""
    parts = _parts(actor, referral)
    words = words_of(referral)
    items = sealed.opened(
        keyring=keyring,
        referral=referral,
        compartments=[*parts, words],
        actor=actor,
        at=at,
        purpose=purpose,
        reason=reason,
    )
    by_part: dict[UUID, list[str]] = {}
    for item in items:
        by_part.setdefault(item.compartment_id, []).append(item.text())
    return Received(
        facts=facts_sent(referral),
        parts=[(part.kind, by_part.get(part.id, [])) for part in parts],
        message=by_part.get(words.id, []),
        mark=mark_of(referral, [*parts, words]),
    )
