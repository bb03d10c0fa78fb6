"""What the person allows, and which desks were asked to serve them."""

from dataclasses import dataclass
from datetime import datetime

from himaya.agencies.models import Desk
from himaya.cases.models import Case
from himaya.consent.models import Consent
from himaya.consent.rules import holds
from himaya.kernel.access import Actor
from himaya.pathway.asking import Section, joined
from himaya.referrals.models import Referral

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Consents:
    """What the person allowed, the newest first. holding: how many of these hold now."""

    shown: list[Consent]
    holding: int


def consents(actor: Actor, case: Case, at: datetime) -> Section[Consents]:
    """The newest consents of the case."""
    of_case = Consent.objects.filter(case=case)
    found, desks = yield [
        of_case.order_by("-asked_at")[:SHOWN],
        Desk.objects.filter(pk__in=of_case.values("recipient_id")),
    ]
    joined(found, "recipient", desks)
    holding = sum(holds(each, at) for each in found)
    return Consents(found, holding)


def referrals(actor: Actor, case: Case, at: datetime) -> Section[list[Referral]]:
    """The newest referrals of the case."""
    of_case = Referral.objects.filter(case=case)
    found, senders, receivers = yield [
        of_case.order_by("-made_at")[:SHOWN],
        Desk.objects.filter(pk__in=of_case.values("sender_id")),
        Desk.objects.filter(pk__in=of_case.values("receiver_id")),
    ]
    joined(found, "sender", senders)
    joined(found, "receiver", receivers)
    return found
