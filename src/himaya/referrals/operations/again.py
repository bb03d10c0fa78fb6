"""After a no: the same request, to the desk that was named instead."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.cases.queries import case_for
from himaya.consent.queries import valid_consents_of
from himaya.kernel.access import Actor
from himaya.referrals import sealed
from himaya.referrals.errors import AskFirst, MoveNotOpen
from himaya.referrals.models import Referral
from himaya.referrals.operations.drafting import draft
from himaya.referrals.operations.showing import see
from himaya.referrals.queries import referral_for, words_of
from himaya.referrals.rules import check_sends
from himaya.vault.keyring import Keyring
from himaya.vault.reasons import Reason


@transaction.atomic
def ask_instead(*, actor: Actor, keyring: Keyring, referral_id: UUID, at: datetime) -> Referral:
    """Make a draft like a declined referral, to the desk that was named instead.

    It rests on a consent that names that desk, or on the same legal duty. Raises AskFirst when the
    person has not been asked about that desk yet, and MoveNotOpen when no desk was named.
    """
    former = referral_for(actor, referral_id)
    check_sends(actor, former)
    if former.state != Referral.State.DECLINED or former.alternative is None:
        raise MoveNotOpen(referral=former.pk, state=former.state)
    case = case_for(actor, former.case_id)
    agreed = [
        consent
        for consent in valid_consents_of(case, at)
        if consent.recipient_id == former.alternative_id
    ]
    if not agreed and not former.duty:
        raise AskFirst(referral=former.pk)
    opened = sealed.opened(
        keyring=keyring,
        referral=former,
        compartments=[words_of(former)],
        actor=actor,
        at=at,
        purpose="referral",
        reason=Reason.OWN_WORK,
    )
    request = next(item for item in opened if item.name == "request")
    made = draft(
        actor=actor,
        case_id=case.pk,
        receiver=former.alternative,
        consent_id=agreed[0].pk if agreed else None,
        priority=Referral.Priority(former.priority),
        informed=former.informed,
        words=request.text(),
        kind=Referral.Kind(former.kind),
        need=Referral.Need(former.need),
        sender_stays=former.sender_stays,
        follows=former,
        at=at,
    )
    see(actor=actor, referral_id=former.pk, at=at)
    return made
