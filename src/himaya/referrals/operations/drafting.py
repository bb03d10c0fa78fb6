"""Writing a referral: what would go to whom, on which basis. Nothing leaves yet."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.agencies.models import Desk
from himaya.cases.models import Case
from himaya.cases.queries import case_for
from himaya.cases.rules import check_may_receive, check_may_work
from himaya.consent.models import Consent
from himaya.consent.queries import consent_of
from himaya.consent.rules import check_valid
from himaya.kernel.access import Actor, Permission
from himaya.packs.loader import current
from himaya.packs.vocabulary import DeskKind
from himaya.referrals.bodies import is_outside
from himaya.referrals.errors import NoLegalDuty, NothingToShare, ToOneself
from himaya.referrals.models import Referral, SentFact
from himaya.referrals.operations.trace import trace
from himaya.referrals.queries import parts_of
from himaya.referrals.rules import check_may_lead
from himaya.referrals.whitelist import facts_of
from himaya.vault import queries as vault
from himaya.vault.models import Compartment, Grant
from himaya.vault.seal import open_circle, seal


@transaction.atomic
def draft(
    *,
    actor: Actor,
    case_id: UUID,
    receiver: Desk,
    consent_id: UUID | None,
    priority: Referral.Priority,
    informed: bool,
    words: str,
    kind: Referral.Kind = Referral.Kind.SERVICE,
    need: Referral.Need = Referral.Need.OTHER,
    sender_stays: bool = False,
    follows: Referral | None = None,
    at: datetime,
) -> Referral:
    """Write a referral without sending it: with the person's consent, or by a legal duty.

    With consent the receiver is the desk that the consent names. Without, only the facts that the
    pack's duty names travel, and no compartment. A transfer goes to a desk that leads cases.
    follows: the declined referral in whose place this is made. Raises NotValid, NoLegalDuty,
    ToOneself, AgencyInvolved, CannotLead or NothingToShare; then nothing has changed.
    """
    actor.need(Permission.REFERRAL_SEND)
    case = case_for(actor, case_id)
    check_may_work(actor, case)
    consent = None
    if consent_id is not None:
        consent = consent_of(case, consent_id)
        check_valid(consent, at)
        receiver = consent.recipient
    _check_receiver(receiver, case)
    if kind == Referral.Kind.TRANSFER:
        check_may_lead(receiver, leads_now=case.desk, outside=is_outside(receiver))
    referral = Referral(
        kind=kind,
        need=need,
        sender_stays=sender_stays and kind == Referral.Kind.TRANSFER,
        follows=follows,
        case=case,
        pseudonym=case.pseudonym,
        sender_id=case.desk_id,
        receiver=receiver,
        priority=priority,
        informed=informed,
        made_at=at,
    )
    codes = _rest_on(referral, consent)
    present = {part.kind for part in parts_of(case, referral.kinds)}
    if not present.issuperset(referral.kinds):
        raise NothingToShare(missing=sorted(set(referral.kinds) - present))
    referral.save(force_insert=True)
    facts = SentFact.objects.bulk_create(
        SentFact(referral=referral, fact=fact, value=value)
        for fact, value in facts_of(case, codes).items()
    )
    rows = [referral, *facts, *_request(referral, words, at)]
    trace(referral, "referral.drafted", actor=actor, at=at, rows=rows)
    return referral


def _check_receiver(receiver: Desk, case: Case) -> None:
    if receiver.pk == case.desk_id:
        raise ToOneself(case=case.pk)
    check_may_receive(receiver, case.kept_from)


def _rest_on(referral: Referral, consent: Consent | None) -> Sequence[str]:
    """Give the referral its basis; the codes of the facts that may travel on it."""
    policy = current().share_policy(DeskKind(referral.receiver.kind))
    if consent is not None:
        referral.consent, referral.kinds = consent, consent.kinds
        return policy.facts if policy else ()
    if policy is None or not policy.duty:
        raise NoLegalDuty(desk=referral.receiver_id)
    referral.duty = policy.duty
    return policy.without_consent


def _request(referral: Referral, words: str, at: datetime) -> list[Model]:
    """A compartment for what the two desks tell each other, with what is asked."""
    circle = open_circle(
        kind=Compartment.Kind.REFERRAL,
        subject_id=referral.id,
        readers=vault.readers([referral.sender_id], Grant.Reason.AUTHOR),
        at=at,
    )
    said = seal(epoch=circle.epoch, name="request", content=words.encode(), at=at)
    return [circle.compartment, circle.epoch, *circle.grants, said]
