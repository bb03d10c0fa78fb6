"""Referrals, read for an actor."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, When

from himaya.cases.models import Case as CaseRow
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.referrals.errors import RequestAnswered
from himaya.referrals.models import CaseRequest, Referral, ReferralQuerySet, SentFact
from himaya.referrals.rules import LIVE
from himaya.vault.models import Compartment, Grant, Sealed
from himaya.vault.queries import compartments_of


def referral_for(actor: Actor, referral_id: UUID) -> Referral:
    """A referral of the actor's desks. Raises NotKnown for any other."""
    visible = Referral.objects.visible_to(actor).select_related(
        "sender__agency", "receiver__agency", "consent", "alternative", "second"
    )
    found = visible.filter(id=referral_id).first()
    if found is None:
        raise NotKnown(referral=referral_id)
    return found


# An emergency comes before what is urgent, whichever is due first.
BY_PRIORITY = Case(
    When(priority=Referral.Priority.EMERGENCY, then=0),
    When(priority=Referral.Priority.URGENT, then=1),
    default=2,
    output_field=IntegerField(),
)


def ended_at(actor: Actor) -> QuerySet[Referral]:
    """Referrals that the actor's desks were sent and that have ended, the last ended first."""
    found = Referral.objects.visible_to(actor).filter(receiver_id__in=actor.desk_ids)
    ended = found.exclude(state__in=LIVE)
    return ended.select_related("sender", "receiver").order_by("-ended_at")


def sent_by(actor: Actor) -> ReferralQuerySet:
    """Referrals that the actor's desks made, the newest first."""
    found = Referral.objects.visible_to(actor).filter(sender_id__in=actor.desk_ids)
    return found.select_related("sender", "receiver").order_by("-made_at")


def referrals_of(case: CaseRow) -> list[Referral]:
    """Every referral of a case, the newest first."""
    found = Referral.objects.filter(case=case).select_related("sender", "receiver")
    return list(found.order_by("-made_at"))


def live_of(case: CaseRow) -> list[Referral]:
    """The referrals of a case that were sent and have not ended."""
    found = Referral.objects.filter(case=case, state__in=LIVE, sent_at__isnull=False)
    return list(found.select_related("receiver"))


def facts_sent(referral: Referral) -> dict[str, str]:
    """Fact → value, as they were when the referral was written."""
    return dict(SentFact.objects.filter(referral=referral).values_list("fact", "value"))


def words_of(referral: Referral) -> Compartment:
    """The compartment of what the two desks tell each other."""
    return compartments_of(referral.id).get(kind=Compartment.Kind.REFERRAL)


def words_of_all(referrals: Iterable[Referral]) -> list[Compartment]:
    """What the desk that leads a case and others tell each other, over all these referrals."""
    subjects = [referral.pk for referral in referrals]
    return list(Compartment.objects.filter(subject_id__in=subjects).order_by("pk"))


def parts_of(case: CaseRow, kinds: Sequence[str]) -> list[Compartment]:
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


def parts_shared(referral: Referral, actor: Actor) -> list[Compartment]:
    """The compartments that the receiver can open by this referral.

    Of a transfer that is done, those that the former desk goes on reading by the person's will.
    """
    shares = shares_of(referral)
    if referral.is_transfer and referral.sender_id in actor.desk_ids:
        own = Grant.objects.filter(basis_id=referral.consent_id, desk_id=referral.sender_id)
        shares = shares | own.exclude(compartment__kind=Compartment.Kind.REFERRAL)
    elif referral.receiver_id not in actor.desk_ids and referral.sender_id not in actor.desk_ids:
        shares = shares.none()
    shared = shares.values("compartment_id")
    return list(Compartment.objects.filter(id__in=shared).order_by("kind", "made_at"))


def request_for(actor: Actor, request_id: UUID, *, lock: bool = False) -> CaseRequest:
    """A request that the actor's desks made, or that is about a case of theirs.

    lock: nobody else answers it before the transaction ends; raises RequestAnswered when somebody
    was quicker. Raises NotKnown for any other.
    """
    own = CaseRequest.objects.from_desks_of(actor).values("pk")
    to_us = CaseRequest.objects.to_desks_of(actor).values("pk")
    known = CaseRequest.objects.filter(Q(pk__in=own) | Q(pk__in=to_us), pk=request_id)
    if not known.exists():
        raise NotKnown(request=request_id)
    if not lock:
        return known.select_related("desk").get()
    # The policies let nobody hold a request that no longer waits.
    held = CaseRequest.objects.select_for_update(of=("self",)).select_related("desk")
    found = held.filter(pk=request_id, state=CaseRequest.State.ASKED).first()
    if found is None:
        raise RequestAnswered(request=request_id)
    return found


def case_of_request(actor: Actor, asked: CaseRequest) -> CaseRow:
    """The case that a request is about, for the desk that leads it. Raises NotKnown for others."""
    led = CaseRow.objects.filter(pseudonym=asked.pseudonym, desk_id__in=actor.desk_ids)
    found = led.select_related("desk").first()
    if found is None:
        raise NotKnown(request=asked.pk)
    return found


def requests_to(actor: Actor) -> QuerySet[CaseRequest]:
    """Requests for cases of the actor's desks that wait for an answer, the oldest first."""
    waiting = CaseRequest.objects.to_desks_of(actor).filter(state=CaseRequest.State.ASKED)
    return waiting.select_related("desk").order_by("asked_at")


def requests_by(actor: Actor) -> QuerySet[CaseRequest]:
    """Requests that the actor's desks made, the newest first."""
    return CaseRequest.objects.from_desks_of(actor).select_related("desk").order_by("-asked_at")
