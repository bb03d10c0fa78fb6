"""One consent at a time, and what is sealed about it."""

from datetime import datetime
from uuid import UUID

from django.db.models import Model

from himaya.cases.models import Case
from himaya.cases.queries import case_for
from himaya.cases.turns import take_turns
from himaya.consent.models import Consent
from himaya.consent.queries import consent_of
from himaya.kernel.access import Actor
from himaya.vault import queries as vault
from himaya.vault.models import Compartment, Grant
from himaya.vault.seal import open_circle, seal

KIND = Compartment.Kind.CONSENT


def locked(actor: Actor, case_id: UUID, consent_id: UUID) -> Consent:
    """A consent of a case of the actor's desks, its row locked until the transaction ends.

    So of an answer, a withdrawal and a sending at once each sees what the one before has left.
    Locks in the order of everybody who shares: the turn of the case, the consent that it renews,
    itself, then the case; keys come after. Raises NotKnown.
    """
    known = consent_of(case_for(actor, case_id), consent_id)
    take_turns([known.case_id])
    rows = Consent.objects.filter(pk__in=[known.pk, known.follows_id]).order_by("asked_at", "pk")
    held = {each.pk: each for each in rows.select_for_update()}
    consent = held[known.pk]
    consent.case = Case.objects.select_for_update(no_key=True).get(pk=known.case_id)
    consent.recipient = known.recipient
    if consent.follows_id is not None:
        consent.follows = held[consent.follows_id]
    return consent


def keep(consent: Consent, content: bytes, at: datetime, *, name: str = "") -> list[Model]:
    """Seal something about a consent into the case, for the desk that leads it.

    name: what it is; else the words of whoever was there. Returns what was made.
    """
    # So that of two first words one makes the compartment; mostly the caller holds it already.
    case = Case.objects.select_for_update(no_key=True).get(pk=consent.case_id)
    room = vault.compartments_of(case.id).filter(kind=KIND).first()
    made: list[Model] = []
    if room is None:
        readers = vault.readers([case.desk_id], Grant.Reason.CASE)
        circle = open_circle(kind=KIND, subject_id=case.id, readers=readers, at=at)
        room = circle.compartment
        made = [circle.compartment, circle.epoch, *circle.grants]
    epoch = vault.key_of_compartment(room)
    return [*made, seal(epoch=epoch, name=name or "words", content=content, at=at)]
