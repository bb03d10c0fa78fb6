"""A summary of a referral on paper, for the file of one of its desks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.agencies.models import Desk
from himaya.kernel.access import Actor
from himaya.referrals.errors import MoveNotOpen
from himaya.referrals.models import Referral
from himaya.referrals.operations import showing
from himaya.referrals.operations.trace import locked, trace
from himaya.referrals.received import Received
from himaya.vault.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Summary:
    """What is printed once and kept nowhere. reader: the desk for whose file it is."""

    referral: Referral
    received: Received
    reader: Desk
    made_at: datetime


@transaction.atomic
def summarise(
    *, actor: Actor, keyring: Keyring, referral_id: UUID, at: datetime, reason: str = ""
) -> Summary:
    """What `read` shows this officer, to be printed: no more than that, and on record of its own.

    Nothing is printed of what was never sent, because nobody has checked yet what may leave.
    Raises MoveNotOpen then, and as `read` does.
    """
    referral = locked(actor, referral_id)
    if referral.sent_at is None:
        raise MoveNotOpen(referral=referral.pk, state=referral.state)
    received = showing.read(
        actor=actor, keyring=keyring, referral_id=referral.pk, at=at, reason=reason
    )
    referral.refresh_from_db()  # reading it takes the answer off the sender's list
    trace(referral, "referral.summary_made", actor=actor, at=at, rows=[])
    return Summary(referral, received, _reader(actor, referral), at)


def _reader(actor: Actor, referral: Referral) -> Desk:
    desks = [referral.sender, referral.receiver, referral.second]
    return next(desk for desk in desks if desk is not None and desk.pk in actor.desk_ids)
