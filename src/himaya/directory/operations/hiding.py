"""A location becomes confidential: whatever tells where it is goes."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from himaya.audit.record import record
from himaya.directory.models import (
    Accessibility,
    Address,
    Contact,
    Language,
    Location,
    Phone,
    Schedule,
    ServiceAtLocation,
)
from himaya.directory.rules.keeping import check_may_keep
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown

WORDS = ("url", "name", "alternate_name", "description", "transportation")
Telling = Accessibility | Address | Contact | Language | Phone | Schedule


@transaction.atomic
def hide(*, actor: Actor, location_id: UUID, at: datetime) -> Location:
    """Make a location confidential. Its address, names, telephones and hours are destroyed.

    Of its services only what is said at this location goes; backups end by their own time.
    Raises NotPermitted or NotKnown; then nothing has changed.
    """
    check_may_keep(actor)
    place = Location.objects.select_for_update().filter(pk=location_id).first()
    if place is None:
        raise NotKnown(location=location_id)
    given = list(ServiceAtLocation.objects.filter(location=place))
    gone = _telling(place, given)
    for row in gone:
        row.delete()
    for name in WORDS:
        setattr(place, name, "")
    place.confidential, place.changed_at = True, at
    place.version += 1
    place.save()
    for each in given:
        each.confidential, each.description = True, ""
        each.save()
    record(
        act="directory.hidden",
        actor=actor,
        at=at,
        subject_id=place.pk,
        rows=[place, *given],
        gone=gone,
    )
    return place


def _telling(place: Location, given: Iterable[ServiceAtLocation]) -> list[Telling]:
    """Everything that hangs there, what hangs deepest first. Its own languages may stay."""
    here = Q(location=place) | Q(service_at_location__in=list(given))
    contacts = list(Contact.objects.filter(here))
    phones = list(Phone.objects.filter(here | Q(contact__in=contacts)))
    return [
        *Language.objects.filter(phone__in=phones),
        *phones,
        *contacts,
        *Schedule.objects.filter(here),
        *Accessibility.objects.filter(location=place),
        *Address.objects.filter(location=place),
    ]
