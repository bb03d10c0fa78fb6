"""Who may open a lawsuit, and on what."""

from collections.abc import Sequence

from himaya.justice.errors import AlreadyOpened, NoOffence, NotAccepted
from himaya.kernel.access import Actor, Permission
from himaya.referrals.errors import NotTheReceiver
from himaya.referrals.models import Referral
from himaya.referrals.rules import SERVING


def check_may_open(
    actor: Actor, referral: Referral, *, opened: bool, offences: Sequence[str]
) -> None:
    """Raise unless the actor's desk accepted the referral and may open a lawsuit on it."""
    actor.need(Permission.LAWSUIT_RECORD)
    if referral.receiver_id not in actor.desk_ids:
        raise NotTheReceiver(referral=referral.pk)
    if referral.state not in SERVING:
        raise NotAccepted(referral=referral.pk)
    if opened:
        raise AlreadyOpened(referral=referral.pk)
    if not offences:
        raise NoOffence(referral=referral.pk)
