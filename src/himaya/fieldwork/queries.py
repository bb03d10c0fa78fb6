"""Devices and records, read for an actor."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from himaya.agencies.models import Desk
from himaya.fieldwork.models import Card, Device
from himaya.identification.models import Screening
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.packs.loader import current
from himaya.vault.models import Compartment, DeskEpoch
from himaya.vault.queries import compartments_of, key_of_desk

SHOWN = 100
LOOKED_BACK = timedelta(days=30)


def own_devices(actor: Actor) -> list[Device]:
    """The actor's devices, the newest first."""
    found = Device.objects.filter(officer=actor.officer_id)
    return list(found.order_by("-registered_at")[:SHOWN])


def devices_supervised(actor: Actor) -> list[Device]:
    """Devices in use of the other officers of the actor's agency, if the actor supervises."""
    found = Device.objects.filter(agency=actor.agency_id, revoked_at__isnull=True)
    others = found.exclude(officer=actor.officer_id).select_related("officer")
    return list(others.order_by("officer__username", "registered_at")[:SHOWN])


def device_for(actor: Actor, device_id: UUID) -> Device:
    """A device that the actor may know of. Raises NotKnown for any other."""
    found = Device.objects.filter(pk=device_id).first()
    mine = found is not None and actor.officer_id == found.officer_id
    if found is None or not (mine or actor.agency_id == found.agency_id):
        raise NotKnown(device=device_id)
    return found


def sent_by(actor: Actor, at: datetime) -> list[Card]:
    """What became of the records that the actor's devices brought within a month, as codes."""
    own = Card.objects.filter(device__officer=actor.officer_id)
    return list(own.filter(arrived_at__gte=at - LOOKED_BACK).order_by("-arrived_at")[:SHOWN])


def waiting_at(actor: Actor) -> QuerySet[Card]:
    """Records that wait at the actor's desks, the earliest due first."""
    waiting = Card.objects.visible_to(actor).filter(state=Card.State.ARRIVED)
    return waiting.order_by("due_at", "id")


def card_for(actor: Actor, card_id: UUID) -> Card:
    """A record that came to one of the actor's desks. Raises NotKnown for any other."""
    found = Card.objects.visible_to(actor).filter(pk=card_id).select_related("desk").first()
    if found is None:
        raise NotKnown(card=card_id)
    return found


def arrived(ids: Iterable[UUID]) -> set[UUID]:
    """Which of these records are here, whoever brought them: a telephone may change hands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fieldwork_arrived(%s)", [list(ids)])
        return {found for (found,) in cursor.fetchall()}


def of_something_else(ids: Iterable[UUID]) -> set[UUID]:
    """Which of these ids are of a case or of anything else under seal, and of no record.

    A device draws its ids: one that names another thing would put a record into its file.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT fieldwork_of_something_else(%s)", [list(ids)])
        return {found for (found,) in cursor.fetchall()}


def compartment_of(card: Card) -> Compartment:
    """Where the record lies sealed."""
    return compartments_of(card.pk).get(kind=Compartment.Kind.SCREENING)


def receiving_desk() -> Desk:
    """The desk to which records are sealed in this country. Raises NotKnown when there is none."""
    found = Desk.objects.filter(code=current().card.desk).first()
    if found is None:
        raise NotKnown(desk=current().card.desk)
    return found


def receiving_key() -> DeskEpoch:
    """The key in force of that desk. Raises NoKey when it has none."""
    return key_of_desk(receiving_desk().pk)


def screenings_waiting(actor: Actor) -> list[Screening]:
    """Screenings that the actor's desks were asked for, into which a record may be taken."""
    waiting = Screening.objects.visible_to(actor).filter(state=Screening.State.ASKED)
    return list(waiting.order_by("due_at")[:SHOWN])


def leading_desks() -> QuerySet[Desk]:
    """Desks that may lead a case opened from a record."""
    return Desk.objects.filter(kind=Desk.Kind.CASEWORK).order_by("position", "code")
