"""Referrals, read for an actor."""

from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from django.db.models import F, QuerySet

from himaya.cases.models import Case
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.referrals.models import Referral, ReferralQuerySet, SentFact
from himaya.referrals.rules import LIVE
from himaya.vault.models import Compartment, Grant, Sealed
from himaya.vault.queries import compartments_of


def referral_for(actor: Actor, referral_id: UUID) -> Referral:
    """A referral of the actor's desks. Raises NotKnown for any other."""
    visible = Referral.objects.visible_to(actor).select_related("sender", "receiver", "consent")
    found = visible.filter(id=referral_id).first()
    if found is None:
        raise NotKnown(referral=referral_id)
    return found


def received_by(actor: Actor) -> QuerySet[Referral]:
    """Live referrals that the actor's desks were sent: unanswered ones first, the earliest due."""
    found = Referral.objects.visible_to(actor).filter(receiver_id__in=actor.desk_ids)
    live = found.filter(state__in=LIVE)
    unanswered_first = F("answered_at").asc(nulls_first=True)
    return live.select_related("sender", "receiver").order_by(unanswered_first, "due_at")


def ended_at(actor: Actor) -> QuerySet[Referral]:
    """Referrals that the actor's desks were sent and that have ended, the last ended first."""
    found = Referral.objects.visible_to(actor).filter(receiver_id__in=actor.desk_ids)
    ended = found.exclude(state__in=LIVE)
    return ended.select_related("sender", "receiver").order_by("-ended_at")


def sent_by(actor: Actor) -> ReferralQuerySet:
    """Referrals that the actor's desks made, the newest first."""
    found = Referral.objects.visible_to(actor).filter(sender_id__in=actor.desk_ids)
    return found.select_related("sender", "receiver").order_by("-made_at")


def answers_for(actor: Actor) -> QuerySet[Referral]:
    """Referrals of the actor's desks that came back, and that nobody there has read yet."""
    return sent_by(actor).answered_unread().order_by("ended_at")


def referrals_of(case: Case) -> list[Referral]:
    """Every referral of a case, the newest first."""
    found = Referral.objects.filter(case=case).select_related("sender", "receiver")
    return list(found.order_by("-made_at"))


def live_of(case: Case) -> list[Referral]:
    """The referrals of a case that were sent and have not ended."""
    found = Referral.objects.filter(case=case, state__in=LIVE, sent_at__isnull=False)
    return list(found.select_related("receiver"))


def facts_sent(referral: Referral) -> dict[str, str]:
    """Fact → value, as they were when the referral was written."""
    return dict(SentFact.objects.filter(referral=referral).values_list("fact", "value"))


def words_of(referral: Referral) -> Compartment:
    """The compartment of what the two desks tell each other."""
    return compartments_of(referral.id).get(kind=Compartment.Kind.REFERRAL)


def parts_of(case: Case, kinds: Sequence[str]) -> list[Compartment]:
    """The compartments of these kinds, of a case and of its report, that the leading desk can open.

    So who reported stays out, unless the intake desk said that this is the person.
    """
    subjects = [case.id, case.report_id] if case.report_id else [case.id]
    held = Grant.objects.filter(desk=case.desk_id).values("compartment_id")
    found = Compartment.objects.filter(subject_id__in=subjects, kind__in=kinds, id__in=held)
    return list(found.order_by("kind", "made_at"))


def mark_of(referral: Referral, compartments: Sequence[Compartment]) -> str:
    """A digest of what a referral shows: its facts, and which things lie in the compartments."""
    items = Sealed.objects.filter(compartment__in=compartments).values_list("id", flat=True)
    facts = sorted(facts_sent(referral).items())
    return sha256(repr((facts, sorted(map(str, items)))).encode()).hexdigest()


def shares_of(referral: Referral) -> QuerySet[Grant]:
    """The receiver's grants on the person's file that rest on this referral."""
    found = Grant.objects.filter(
        basis_id=referral.consent_id or referral.id, desk_id=referral.receiver_id
    )
    return found.exclude(compartment__kind=Compartment.Kind.REFERRAL)


def parts_shared(referral: Referral) -> list[Compartment]:
    """The compartments that the receiver can open by this referral."""
    shared = shares_of(referral).values("compartment_id")
    return list(Compartment.objects.filter(id__in=shared).order_by("kind", "made_at"))
