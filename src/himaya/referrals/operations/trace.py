"""What every step of a referral shares: one officer at a time, a trace on the person's case, and
word to the other desk."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Model

from himaya.audit.record import record
from himaya.cases.turns import take_turns
from himaya.kernel.access import Actor
from himaya.notices.outbox import page_desk
from himaya.referrals.models import Referral
from himaya.referrals.queries import referral_for

AT_ONCE, SOME_TIME = "look_now", "look_at_your_list"


def locked(actor: Actor, referral_id: UUID) -> Referral:
    """A referral of the actor's desks, its row locked until the transaction ends.

    So of two answers given at once the second sees the first. Raises NotKnown.
    """
    known = referral_for(actor, referral_id)
    take_turns([known.case_id])
    found = Referral.objects.select_for_update(of=("self",)).select_related("receiver", "consent")
    return found.get(pk=known.pk)


def trace(
    referral: Referral,
    act: str,
    *,
    actor: Actor,
    at: datetime,
    rows: Sequence[Model],
    gone: Sequence[Model] = (),
) -> None:
    """Record what was done with a referral, on the person's case, for the desk that did it."""
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=referral.case_id,
        desk_id=_desk_of(actor, referral),
        facts={"referral": str(referral.id)},
        rows=rows,
        gone=gone,
    )


def _desk_of(actor: Actor, referral: Referral) -> UUID:
    """The desk for which the actor acts."""
    for desk_id in (referral.receiver_id, referral.sender_id, referral.second_id):
        if desk_id is not None and desk_id in actor.desk_ids:
            return desk_id
    return referral.sender_id


def tell_sender(referral: Referral, news: str, *, actor: Actor, at: datetime) -> None:
    """Put on the sending desk's day what happened, and page whoever is on duty there.

    The caller saves the row. A page says that something is on a list, and nothing of what.
    """
    referral.news = news
    page_desk(actor=actor, desk_id=referral.sender_id, subject_code=_how_soon(referral), at=at)


def tell_receiver(referral: Referral, *, actor: Actor, at: datetime) -> None:
    """Page whoever is on duty at the receiving desk."""
    page_desk(actor=actor, desk_id=referral.receiver_id, subject_code=_how_soon(referral), at=at)


def _how_soon(referral: Referral) -> str:
    return AT_ONCE if referral.priority == Referral.Priority.EMERGENCY else SOME_TIME
