"""Consents, read for an actor who may see the case."""

from datetime import datetime
from uuid import UUID

from himaya.cases.models import Case
from himaya.consent.models import Consent
from himaya.kernel.errors import NotKnown


def consents_of(case: Case) -> list[Consent]:
    """Every consent of a case, the newest first."""
    found = Consent.objects.filter(case=case).select_related("recipient__agency")
    return list(found.order_by("-given_at"))


def valid_consents_of(case: Case, at: datetime) -> list[Consent]:
    """The consents of a case that hold at this moment."""
    return [
        consent
        for consent in consents_of(case)
        if consent.withdrawn_at is None and consent.until > at
    ]


def consent_of(case: Case, consent_id: UUID) -> Consent:
    """One consent of a case. Raises NotKnown when the case has no such consent."""
    for consent in consents_of(case):
        if consent.pk == consent_id:
            return consent
    raise NotKnown(consent=consent_id)


def locked_consent(consent_id: UUID) -> Consent:
    """A consent whose row is locked, so that nobody withdraws it before the transaction ends."""
    return Consent.objects.select_for_update().get(pk=consent_id)
