"""A desk says that a service is still as described, and how many places are free."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.directory.models import Service
from himaya.directory.rules.keeping import check_may_say
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown


@transaction.atomic
def confirm(*, actor: Actor, service_id: UUID, assurer_email: str, at: datetime) -> Service:
    """Somebody has made sure today that what stands here of the service is right.

    assurer_email: handed out with the service, as HSDS has it; may be empty.
    Raises NotKnown, NotPermitted or NotTheServicesDesk; then nothing has changed.
    """
    service = _locked(actor, service_id)
    service.assured_date = at.date()
    service.assurer_email = assurer_email
    service.assured_by_id = _desk_of(actor, service)
    return _said(actor, service, "directory.confirmed", at)


@transaction.atomic
def say_free(*, actor: Actor, service_id: UUID, places: int, at: datetime) -> Service:
    """How many places are free now; it counts for as long as the country says.

    Raises NotKnown, NotPermitted or NotTheServicesDesk; then nothing has changed.
    """
    service = _locked(actor, service_id)
    service.free_places = places
    service.free_said_at = at
    service.free_said_by_id = _desk_of(actor, service)
    return _said(actor, service, "directory.free_places_said", at)


def _locked(actor: Actor, service_id: UUID) -> Service:
    """The service, for whoever may say something of it. Asked first: others cannot lock it."""
    known = Service.objects.filter(pk=service_id).first()
    if known is None:
        raise NotKnown(service=service_id)
    check_may_say(actor, known)
    service = Service.objects.select_for_update().get(pk=service_id)
    check_may_say(actor, service)
    return service


def _desk_of(actor: Actor, service: Service) -> UUID | None:
    """The service's desk when the officer speaks for it; a keeper sits at none."""
    return service.desk_id if service.desk_id in actor.desk_ids else None


def _said(actor: Actor, service: Service, act: str, at: datetime) -> Service:
    service.changed_at = at
    service.version += 1
    service.save()
    desk_id = _desk_of(actor, service)
    record(act=act, actor=actor, at=at, subject_id=service.pk, desk_id=desk_id, rows=[service])
    return service
