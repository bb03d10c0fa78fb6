"""Officers of an agency and what is proposed about them, for an actor."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from himaya.accounts.models import Certificate, Membership, Officer, TwoPersonAct
from himaya.agencies.models import Agency, Desk
from himaya.enrolment.models import Invitation, Proposal
from himaya.enrolment.rules import FIRST
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown

SOON = timedelta(days=30)


def officers_of(actor: Actor) -> QuerySet[Officer]:
    """Every officer of the actor's agency, those who work first."""
    found = Officer.objects.filter(agency=actor.agency_id)
    return found.order_by("-is_active", "username")


def officer_for(actor: Actor, officer_id: UUID) -> Officer:
    """An officer of the actor's agency. Raises NotKnown for every other."""
    found = officers_of(actor).filter(pk=officer_id).first()
    if found is None:
        raise NotKnown(officer=officer_id)
    return found


def locked(actor: Actor, officer_id: UUID) -> Officer:
    """The same, and nobody else changes them until the transaction ends."""
    found = officers_of(actor).select_for_update(of=("self",)).filter(pk=officer_id).first()
    if found is None:
        raise NotKnown(officer=officer_id)
    return found


def desks_of(agency_id: UUID) -> list[Desk]:
    """The desks of an agency, as the country pack orders them."""
    return list(Desk.objects.filter(agency_id=agency_id).order_by("position"))


def seats_of(officers: Iterable[Officer]) -> list[Membership]:
    """At which desks these officers sit."""
    found = Membership.objects.filter(officer__in=list(officers)).select_related("desk")
    return list(found.order_by("desk__position"))


def certificates_of(officers: Iterable[Officer]) -> list[Certificate]:
    """Trainings of these officers, the newest of each topic last."""
    found = Certificate.objects.filter(officer__in=list(officers)).select_related("officer")
    return list(found.order_by("valid_until"))


def has_personnel(agency_id: UUID) -> bool:
    """True when a personnel officer of the agency works."""
    return Officer.objects.filter(
        agency_id=agency_id, is_active=True, roles__contains=[FIRST]
    ).exists()


def agencies_open_to(actor: Actor, on: date) -> QuerySet[Agency]:
    """The actor's own agency, and those that have no personnel officer who works yet."""
    working = Officer.objects.filter(is_active=True, roles__contains=[FIRST]).values("agency_id")
    found = Agency.objects.filter(Q(pk=actor.agency_id) | ~Q(pk__in=working))
    return found.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on)).order_by("code")


def proposal_for(actor: Actor, proposal_id: UUID) -> Proposal:
    """A proposal of the actor's agency, or any for who may allow it. Raises NotKnown."""
    found = Proposal.objects.select_related("agency").filter(pk=proposal_id)
    if not actor.may(Permission.OFFICER_APPROVE):
        found = found.filter(made_by_agency_id=actor.agency_id)
    proposal = found.first()
    if proposal is None:
        raise NotKnown(proposal=proposal_id)
    return proposal


def request_of(proposal: Proposal) -> TwoPersonAct:
    """The act of two that a proposal waits for."""
    return TwoPersonAct.objects.get(act=proposal.kind, subject_id=proposal.pk)


def allowed_proposals(actor: Actor, at: datetime) -> QuerySet[Proposal]:
    """Proposals of the actor's agency that were allowed and wait to be done, the oldest first."""
    if not actor.may(Permission.OFFICER_ENROL):
        return Proposal.objects.none()
    allowed = TwoPersonAct.objects.live(at).filter(confirmed=True, act__in=Proposal.Kind.values)
    found = Proposal.objects.filter(
        done=False, made_by_agency_id=actor.agency_id, pk__in=allowed.values("subject_id")
    )
    return found.order_by("made_at")


def about(officer: Officer) -> list[Proposal]:
    """Everything that was ever proposed about an officer, newest first."""
    return list(Proposal.objects.filter(officer_id=officer.pk).order_by("-made_at"))


def invitations_of(officers: Iterable[Officer]) -> dict[UUID, Invitation]:
    """The newest paper that was made for each of these officers."""
    found = Invitation.objects.filter(officer__in=list(officers))
    return {each.officer_id: each for each in found.order_by("made_at", "expires_at")}


def certificates_that_end(actor: Actor, on: date) -> QuerySet[Certificate]:
    """Trainings of officers who work, that end within thirty days or have ended, and no newer."""
    if not actor.may(Permission.OFFICER_ENROL):
        return Certificate.objects.none()
    newer = Certificate.objects.filter(
        officer=OuterRef("officer"),
        topic=OuterRef("topic"),
        valid_until__gt=OuterRef("valid_until"),
    )
    ending = Certificate.objects.filter(
        officer__agency=actor.agency_id, officer__is_active=True, valid_until__lt=on + SOON
    )
    return ending.exclude(Exists(newer)).order_by("valid_until")
