"""The desk that was woken by silence answers in place of the one that was asked."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.agencies.models import Desk
from himaya.kernel.access import Actor
from himaya.referrals.models import Referral
from himaya.referrals.operations.answering import say_no
from himaya.referrals.operations.trace import locked
from himaya.referrals.rules import check_may_answer_instead


@transaction.atomic
def release(
    *, actor: Actor, referral_id: UUID, words: str, alternative: Desk | None, at: datetime
) -> Referral:
    """Give a referral that nobody answers back to its sender, and say whom to ask instead.

    It cannot take the person on: they agreed to the desk that was asked, and to no other. Raises
    NotTheSecond, OwnReferral, or MoveNotOpen when the first desk was quicker.
    """
    referral = locked(actor, referral_id)
    check_may_answer_instead(actor, referral)
    reason = Referral.DeclineReason.SILENT
    return say_no(referral, reason, words, alternative, event="withdrawn", actor=actor, at=at)
