"""The receiving desk answers: seen, yes, begun, no, and how it ended."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.agencies.models import Desk
from himaya.consent.errors import NotValid
from himaya.consent.rules import check_valid
from himaya.kernel.access import Actor
from himaya.referrals import asleep
from himaya.referrals.errors import BasisEnded, OutcomeMissing
from himaya.referrals.models import Referral
from himaya.referrals.models.codes import REASONS_OF_RECEIVER
from himaya.referrals.operations.shares import end_shares
from himaya.referrals.operations.taking_over import take_over
from himaya.referrals.operations.trace import locked, tell_sender, trace
from himaya.referrals.rules import check_may_answer
from himaya.referrals.steps import move
from himaya.vault.models import Sealed
from himaya.vault.seal import seal

State = Referral.State


@transaction.atomic
def acknowledge(*, actor: Actor, referral_id: UUID, at: datetime) -> Referral:
    """The receiving desk has seen the referral."""
    referral = locked(actor, referral_id)
    check_may_answer(actor, referral, State.ACKNOWLEDGED)
    referral.state, referral.acknowledged_at = State.ACKNOWLEDGED, at
    tell_sender(referral, "acknowledged", actor=actor, at=at)
    referral.save(update_fields=["state", "acknowledged_at", "news"])
    trace(referral, "referral.acknowledged", actor=actor, at=at, rows=[referral])
    return referral


@transaction.atomic
def accept(
    *, actor: Actor, referral_id: UUID, declared: Collection[str] = (), at: datetime
) -> Referral:
    """The receiving desk takes the person on, and from now on may open what was shared.

    Of a transfer, it leads the case from this moment: case, deadlines and keys move together.
    declared: guards that the officer states to be met; a shelter states `place_held`.
    """
    referral = locked(actor, referral_id)
    check_may_answer(actor, referral, State.ACCEPTED)
    _check_still_agreed(referral, at)
    tracks = move(referral, "accepted", actor=actor, declared=declared, at=at)
    referral.state, referral.answered_at = State.ACCEPTED, at
    referral.answered_by = actor.officer_id
    tell_sender(referral, "accepted", actor=actor, at=at)
    referral.save(update_fields=["state", "answered_at", "answered_by", "news"])
    woken = asleep.wake(referral)
    rows = [referral, *tracks, *woken]
    trace(referral, "referral.accepted", actor=actor, at=at, rows=rows)
    if referral.is_transfer:
        take_over(referral, woken, actor=actor, at=at)
    return referral


def _check_still_agreed(referral: Referral, at: datetime) -> None:
    """Raise BasisEnded unless the consent that the referral rests on still holds."""
    if referral.consent is None:
        return
    try:
        check_valid(referral.consent, at)
    except NotValid as ended:
        raise BasisEnded(referral=referral.pk) from ended


@transaction.atomic
def begin(
    *, actor: Actor, referral_id: UUID, declared: Collection[str] = (), at: datetime
) -> Referral:
    """The service has begun: the person moved in, was seen, was heard."""
    referral = locked(actor, referral_id)
    check_may_answer(actor, referral, State.IN_SERVICE)
    tracks = move(referral, "begun", actor=actor, declared=declared, at=at)
    referral.state, referral.begun_at = State.IN_SERVICE, at
    tell_sender(referral, "in_service", actor=actor, at=at)
    referral.save(update_fields=["state", "begun_at", "news"])
    trace(referral, "referral.begun", actor=actor, at=at, rows=[referral, *tracks])
    return referral


@transaction.atomic
def decline(
    *,
    actor: Actor,
    referral_id: UUID,
    reason: str,
    words: str,
    alternative: Desk | None = None,
    at: datetime,
) -> Referral:
    """The receiving desk cannot take the person on; it says why, and whom to ask instead.

    What slept for it goes, unopened.
    """
    referral = locked(actor, referral_id)
    check_may_answer(actor, referral, State.DECLINED)
    if reason not in REASONS_OF_RECEIVER:
        raise OutcomeMissing(referral=referral.pk)
    return say_no(referral, reason, words, alternative, actor=actor, at=at)


def say_no(
    referral: Referral,
    reason: str,
    words: str,
    alternative: Desk | None,
    *,
    event: str = "declined",
    actor: Actor,
    at: datetime,
) -> Referral:
    """What every no leaves, whoever may give it; in the caller's transaction, on the locked row."""
    said = say(referral, "decline", words, at)
    tracks = move(referral, event, actor=actor, declared=("reasons_given",), at=at)
    referral.state, referral.answered_at, referral.ended_at = State.DECLINED, at, at
    referral.answered_by = actor.officer_id
    referral.decline_reason, referral.alternative = reason, alternative
    tell_sender(referral, "declined", actor=actor, at=at)
    referral.save(
        update_fields=[
            *("state", "answered_at", "answered_by", "ended_at", "decline_reason"),
            *("alternative", "news"),
        ]
    )
    rows, gone = end_shares(referral, at)
    rows = [referral, *said, *tracks, *rows]
    trace(referral, "referral.declined", actor=actor, at=at, rows=rows, gone=gone)
    return referral


def say(referral: Referral, name: str, words: str, at: datetime) -> list[Sealed]:
    """Seal words for both desks; nothing when there are none."""
    if not words.strip():
        return []
    return [seal(epoch=asleep.answer_key(referral), name=name, content=words.encode(), at=at)]
