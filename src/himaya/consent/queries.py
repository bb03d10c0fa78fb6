"""Consents, read for an actor who may see the case."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from himaya.cases.models import Case
from himaya.cases.tracks import pack_of
from himaya.consent.models import Consent, Telling
from himaya.consent.rules import holds
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.packs.calendar import due_at
from himaya.packs.loader import current

State = Consent.State
FEW = 50


def consents_of(case: Case) -> list[Consent]:
    """Every consent of a case, the newest first."""
    found = Consent.objects.filter(case=case).select_related("recipient__agency")
    return list(found.order_by("-asked_at", "id"))


def valid_consents_of(case: Case, at: datetime) -> list[Consent]:
    """What lets something of a case go on at this moment: consents, and laws in their place."""
    return [consent for consent in consents_of(case) if holds(consent, at)]


def consent_of(case: Case, consent_id: UUID) -> Consent:
    """One consent of a case. Raises NotKnown when the case has no such consent."""
    found = Consent.objects.filter(case=case, pk=consent_id).select_related("recipient__agency")
    consent = found.first()
    if consent is None:
        raise NotKnown(consent=consent_id)
    consent.case = case
    return consent


def locked_consent(consent_id: UUID) -> Consent:
    """A consent whose row is locked, so that nobody withdraws it before the transaction ends."""
    return Consent.objects.select_for_update().get(pk=consent_id)


def of_person(case: Case, at: datetime) -> tuple[bool, bool]:
    """Whether a question of this case waits for its answer, and whether a consent holds."""
    own = Consent.objects.filter(case=case, legal_basis="", until__gt=at)
    return own.filter(state=State.ASKED).exists(), own.filter(state=State.GRANTED).exists()


def lasting_for(case_id: UUID, at: datetime) -> QuerySet[Consent]:
    """The person's own consents that hold in a case, the one that lasts longest first."""
    own = Consent.objects.filter(case_id=case_id, legal_basis="", state=State.GRANTED)
    return own.filter(until__gt=at).order_by("-until", "pk")


def asked_again(consent: Consent) -> bool:
    """True while a renewal of this consent waits for its answer."""
    return Consent.objects.filter(follows=consent, state=State.ASKED).exists()


def family_implicated(case: Case) -> bool:
    """True when it was recorded that guardian or family had a part in what was done."""
    return Consent.objects.filter(case=case, stead=Consent.Stead.IMPLICATED).exists()


def override_for(actor: Actor, consent_id: UUID) -> Consent:
    """A share by law that a second person is asked about, or that the actor's desk asked for.

    Raises NotKnown; row-level security knows the rest.
    """
    found = Consent.objects.exclude(legal_basis="").select_related("recipient__agency")
    consent = found.filter(pk=consent_id).first()
    if consent is None:
        raise NotKnown(consent=consent_id)
    return consent


def tellings_of(consent: Consent) -> list[Telling]:
    """When the person was told of a share by law, or why not, the newest first."""
    return list(Telling.objects.filter(consent=consent).order_by("-at"))


def ending_for(actor: Actor, at: datetime) -> QuerySet[Consent]:
    """Consents of the actor's desks that end soon and that nobody has asked for again.

    The first to end comes first. How soon is soon, the pack says (`consent_renewal`).
    """
    soon = due_at(at, current().clock("consent_renewal"), current().calendar)
    renewals = Consent.objects.filter(follows=OuterRef("pk"), state=State.ASKED)
    held = Consent.objects.filter(
        state=State.GRANTED, legal_basis="", until__gt=at, until__lte=soon
    )
    ours = held.filter(case__desk__in=actor.desk_ids, case__state=Case.State.OPEN)
    return ours.exclude(Exists(renewals)).order_by("until", "id")


def to_tell_for(actor: Actor, at: datetime) -> QuerySet[Consent]:
    """Shares by law of the actor's desks of which the person must be told, or looked at again."""
    told = Telling.objects.filter(consent=OuterRef("pk"))
    settled = told.filter(~Q(how="") | Q(look_again_at__gt=at))
    by_law = Consent.objects.exclude(legal_basis="").filter(given_at__isnull=False)
    ours = by_law.filter(case__desk__in=actor.desk_ids)
    return ours.exclude(Exists(settled)).order_by("given_at", "id")


def bands_for(case: Case) -> list[str]:
    """The ids of the pack's bands that fit the age that the case has."""
    adult = case.child == Case.Child.NO
    return [band.id for band in pack_of(case).bands if band.child != adult]
