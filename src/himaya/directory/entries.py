"""Entries of the directory and of the rosters, read for their pages."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from himaya.accounts.models import Officer
from himaya.agencies.models import Desk
from himaya.directory.models import (
    Address,
    Contact,
    Location,
    Organization,
    Phone,
    Roster,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from himaya.directory.queries import seated_at
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Ways:
    """How a service is reached: telephones, people to ask, hours and addresses, as they stand."""

    phones: list[Phone]
    contacts: list[Contact]
    hours: list[Schedule]
    addresses: list[Address]


def ways_to_reach(service_id: UUID) -> Ways:
    """How a service is reached, at all its open locations."""
    given = ServiceAtLocation.objects.filter(service=service_id)
    here = Q(service=service_id) | Q(service_at_location__in=given)
    there = here | Q(location__in=given.values("location"))
    contacts = list(Contact.objects.filter(there).order_by("name", "hsds_id"))
    phones = Phone.objects.filter(there | Q(contact__in=contacts)).order_by("hsds_id")
    known = {phone.number: phone for phone in phones}
    return Ways(
        phones=list(known.values()),
        contacts=contacts,
        hours=list(Schedule.objects.filter(here).order_by("hsds_id")),
        addresses=list(
            Address.objects.filter(location__in=given.values("location")).order_by("hsds_id")
        ),
    )


def places_of(service_id: UUID) -> list[Location]:
    """The locations at which a service is given."""
    given = ServiceAtLocation.objects.filter(service=service_id).values("location")
    return list(Location.objects.filter(pk__in=given).order_by("district", "pk"))


def areas_of(service_id: UUID) -> list[str]:
    """Districts for whose people a service is; none for the whole country."""
    found = ServiceArea.objects.filter(service=service_id).exclude(district="")
    return list(found.order_by("district").values_list("district", flat=True))


def givers(words: str, after: str) -> list[Organization]:
    """Organisations by name, one more than a page. after: the id of the last one shown."""
    found = Organization.objects.filter(name__icontains=words)
    last = _giver(after)
    if last is not None:
        found = found.filter(Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk))
    return list(found.order_by("name", "pk")[: A_PAGE + 1])


def _giver(after: str) -> Organization | None:
    try:
        return Organization.objects.filter(pk=UUID(after)).first()
    except ValueError:
        return None


def giver_for(organization_id: UUID) -> Organization:
    """An organisation. Raises NotKnown when there is none."""
    found = Organization.objects.select_related("agency").filter(pk=organization_id).first()
    if found is None:
        raise NotKnown(organization=organization_id)
    return found


def services_of(organization_id: UUID) -> list[Service]:
    """What an organisation gives, by name."""
    found = Service.objects.filter(organization=organization_id)
    return list(found.order_by("name", "pk")[: A_PAGE * 4])


def desks_of(actor: Actor) -> list[Desk]:
    """The actor's desks, as the country pack orders them."""
    return list(Desk.objects.filter(pk__in=actor.desk_ids).order_by("position", "code"))


def own_desk(actor: Actor, desk_id: UUID) -> Desk:
    """A desk of the actor. Raises NotKnown for every other."""
    if desk_id not in actor.desk_ids:
        raise NotKnown(desk=desk_id)
    return Desk.objects.get(pk=desk_id)


def officers_at(desk_id: UUID) -> list[Officer]:
    """Officers who sit at a desk and work, by name."""
    return list(Officer.objects.filter(pk__in=seated_at(desk_id)).order_by("username"))


def roster_of(desk_id: UUID) -> Roster | None:
    """A desk's roster, if it keeps one."""
    return Roster.objects.filter(desk=desk_id).first()
