"""The receiving desk answers: seen, yes, no, and how it ended."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.kernel.access import Actor
from himaya.referrals.errors import OutcomeMissing
from himaya.referrals.models import Referral
from himaya.referrals.operations.shares import end_shares
from himaya.referrals.operations.trace import locked, trace
from himaya.referrals.queries import words_of
from himaya.referrals.rules import check_may_answer
from himaya.referrals.steps import move
from himaya.vault import queries as vault
from himaya.vault.seal import seal

State = Referral.State


@transaction.atomic
def acknowledge(*, actor: Actor, referral_id: UUID, at: datetime) -> Referral:
    """The receiving desk has seen the referral."""
    referral = locked(actor, referral_id)
    check_may_answer(actor, referral, State.ACKNOWLEDGED)
    referral.state, referral.acknowledged_at = State.ACKNOWLEDGED, at
    referral.save(update_fields=["state", "acknowledged_at"])
    trace(referral, "referral.acknowledged", actor=actor, at=at, rows=[referral])
    return referral


@transaction.atomic
def accept(
    *, actor: Actor, referral_id: UUID, declared: Collection[str] = (), at: datetime
) -> Referral:
    """The receiving desk takes the person on, and from now on may open what was shared.

    declared: guards that the officer states to be met; a shelter states `place_held`.
    """
    referral = locked(actor, referral_id)
    check_may_answer(actor, referral, State.ACCEPTED)
    tracks = move(referral, "accepted", actor=actor, declared=declared, at=at)
    referral.state, referral.answered_at = State.ACCEPTED, at
    referral.save(update_fields=["state", "answered_at"])
    trace(referral, "referral.accepted", actor=actor, at=at, rows=[referral, *tracks])
    return referral


@transaction.atomic
def decline(*, actor: Actor, referral_id: UUID, reason: str, words: str, at: datetime) -> Referral:
    """The receiving desk cannot take the person on; it says why and loses the keys it was given."""
    referral = locked(actor, referral_id)
    check_may_answer(actor, referral, State.DECLINED)
    if reason not in Referral.DeclineReason.values:
        raise OutcomeMissing(referral=referral.pk)
    said = _say(referral, "decline", words, at)
    tracks = move(referral, "declined", actor=actor, declared=("reasons_given",), at=at)
    referral.state, referral.answered_at, referral.ended_at = State.DECLINED, at, at
    referral.decline_reason = reason
    referral.save(update_fields=["state", "answered_at", "ended_at", "decline_reason"])
    rows, gone = end_shares(referral, at)
    rows = [referral, said, *tracks, *rows]
    trace(referral, "referral.declined", actor=actor, at=at, rows=rows, gone=gone)
    return referral


@transaction.atomic
def complete(
    *,
    actor: Actor,
    referral_id: UUID,
    outcome: str,
    words: str,
    declared: Collection[str] = (),
    at: datetime,
) -> Referral:
    """The receiving desk reports how it ended; its keys to the person's file end with it."""
    referral = locked(actor, referral_id)
    check_may_answer(actor, referral, State.COMPLETED)
    if outcome not in Referral.Outcome.values:
        raise OutcomeMissing(referral=referral.pk)
    said = _say(referral, "outcome", words, at)
    tracks = move(referral, "completed", actor=actor, declared=declared, at=at)
    referral.state, referral.ended_at, referral.outcome = State.COMPLETED, at, outcome
    referral.save(update_fields=["state", "ended_at", "outcome"])
    rows, gone = end_shares(referral, at)
    rows = [referral, said, *tracks, *rows]
    trace(referral, "referral.completed", actor=actor, at=at, rows=rows, gone=gone)
    return referral


def _say(referral: Referral, name: str, words: str, at: datetime) -> Model:
    epoch = vault.key_of_compartment(words_of(referral))
    return seal(epoch=epoch, name=name, content=words.encode(), at=at)
