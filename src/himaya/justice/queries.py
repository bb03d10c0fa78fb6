"""Lawsuits, read for an actor."""

from himaya.justice.models import Lawsuit
from himaya.kernel.access import Actor
from himaya.referrals.models import Referral


def lawsuit_on(actor: Actor, referral: Referral) -> Lawsuit | None:
    """The lawsuit that the actor's desk opened on a referral, if it did."""
    return Lawsuit.objects.visible_to(actor).filter(referral=referral).first()
