"""A body without an account answers by the code on its paper."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from himaya.kernel.access import Actor
from himaya.kernel.errors import Refusal
from himaya.referrals.errors import NoSuchCode, OutcomeMissing
from himaya.referrals.models import Referral, ReplyCode
from himaya.referrals.operations.answering import accept, acknowledge, begin, decline
from himaya.referrals.operations.completing import complete
from himaya.referrals.rules import WITHOUT_SERVICE

State = Referral.State
ANSWERS = frozenset({State.ACCEPTED, State.DECLINED})


@transaction.atomic
def reply(
    *,
    actor: Actor,
    code_id: UUID,
    answer: str,
    reason: str = "",
    outcome: str = "",
    given_on: date | None = None,
    at: datetime,
) -> Referral:
    """Accept, decline, or report how it ended; each answer once for a code.

    Raises NoSuchCode when the code was used for this before, or the referral has moved on: whoever
    holds a paper learns nothing about a referral but what they answer themselves.
    """
    code = ReplyCode.objects.select_for_update().filter(pk=code_id).first()
    if code is None or (code.answered_at if answer in ANSWERS else code.ended_at):
        raise NoSuchCode
    referral = Referral.objects.get(pk=code.referral_id)
    try:
        done = _answer(actor, referral, answer, reason, at)
        done = done or _end(actor, referral, outcome, given_on, at)
    except OutcomeMissing:
        raise
    except Refusal as refusal:
        raise NoSuchCode from refusal
    if answer in ANSWERS:
        code.answered_at = at
    else:
        code.ended_at = at
    code.save(update_fields=["answered_at", "ended_at"])
    return done


def _answer(
    actor: Actor, referral: Referral, answer: str, reason: str, at: datetime
) -> Referral | None:
    if answer not in ANSWERS:
        return None
    if referral.state == State.SENT:
        acknowledge(actor=actor, referral_id=referral.pk, at=at)
    if answer == State.ACCEPTED:
        return accept(actor=actor, referral_id=referral.pk, at=at)
    return decline(actor=actor, referral_id=referral.pk, reason=reason, words="", at=at)


def _end(
    actor: Actor, referral: Referral, outcome: str, given_on: date | None, at: datetime
) -> Referral:
    if referral.state == State.ACCEPTED and outcome not in WITHOUT_SERVICE:
        begin(actor=actor, referral_id=referral.pk, at=at)
    return complete(
        actor=actor,
        referral_id=referral.pk,
        outcome=outcome,
        words="",
        given_on=given_on,
        declared=("person_chose",),
        at=at,
    )
