"""For a body without an account: what the preview showed, on paper, with a code to answer by."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from himaya.kernel.access import Actor
from himaya.referrals.bodies import is_outside
from himaya.referrals.errors import MoveNotOpen, NotOutside
from himaya.referrals.models import Referral, ReplyCode
from himaya.referrals.operations.showing import shown_as_sent
from himaya.referrals.operations.trace import locked, trace
from himaya.referrals.received import Received
from himaya.referrals.rules import LIVE, check_sends
from himaya.referrals.tokens import digest, new_code
from himaya.vault.keyring import Keyring

LASTS = timedelta(days=90)  # long enough to report how a service ended; a new paper renews it


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed once and kept nowhere. code: opens the page for answers, until then."""

    referral: Referral
    received: Received
    code: str
    until: datetime


@transaction.atomic
def print_paper(
    *, actor: Actor, keyring: Keyring, referral_id: UUID, at: datetime, reason: str = ""
) -> Paper:
    """Make the paper of a referral that was sent to a body without an account.

    Exactly what was previewed and sent, nothing that was written since. Every paper has a code of
    its own, and the one before opens nothing from then on. Raises NotOutside, MoveNotOpen when the
    referral was not sent or has ended, ReasonNeeded.
    """
    referral = locked(actor, referral_id)
    check_sends(actor, referral)
    if not is_outside(referral.receiver):
        raise NotOutside(referral=referral.pk)
    if referral.sent_at is None or referral.state not in LIVE:
        raise MoveNotOpen(referral=referral.pk, state=referral.state)
    received = shown_as_sent(actor, keyring, referral, at, reason=reason)
    code = new_code()
    until = at + LASTS
    former = list(ReplyCode.objects.filter(referral=referral, expires_at__gt=at))
    for each in former:
        each.expires_at = at
        each.save(update_fields=["expires_at"])
    made = ReplyCode.objects.create(
        referral=referral, code_hash=digest(code), made_at=at, expires_at=until
    )
    trace(referral, "referral.printed", actor=actor, at=at, rows=[*former, made])
    return Paper(referral, received, code, until)
