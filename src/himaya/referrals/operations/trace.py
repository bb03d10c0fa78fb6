"""What every step of a referral shares: one officer at a time, and a trace on the person's case."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Model

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.referrals.models import Referral
from himaya.referrals.queries import referral_for


def locked(actor: Actor, referral_id: UUID) -> Referral:
    """A referral of the actor's desks, its row locked until the transaction ends.

    So of two answers given at once the second sees the first. Raises NotKnown.
    """
    known = referral_for(actor, referral_id)
    found = Referral.objects.select_for_update(of=("self",)).select_related("receiver")
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
    by_receiver = referral.receiver_id in actor.desk_ids
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=referral.case_id,
        desk_id=referral.receiver_id if by_receiver else referral.sender_id,
        facts={"referral": str(referral.id)},
        rows=rows,
        gone=gone,
    )
