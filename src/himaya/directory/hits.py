"""What is known of some services at a moment, beside a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from himaya.directory.models import (
    Language,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from himaya.directory.rules.admission import Admission, Bar, Doubt, Person, bars, doubts
from himaya.directory.rules.opening import Hours, Opening, opening
from himaya.packs.calendar import DAY, due_at
from himaya.packs.loader import current
from himaya.packs.vocabulary import Unit

HOURS = tuple(Hours.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Hit:
    """A service beside a person. bars: none when it would take them. districts: where it is.

    stale: nobody has confirmed it for the time that the country sets. free: places that are free
    now, None when nobody said so lately.
    """

    service: Service
    bars: tuple[Bar, ...]
    doubts: tuple[Doubt, ...]
    opening: Opening
    stale: bool
    free: int | None
    languages: tuple[str, ...]
    districts: tuple[str, ...]
    confidential: bool


def since(setting: str, at: datetime) -> datetime:
    """The earliest moment after which a duration of the country is not over yet."""
    clock, calendar = current().clock(setting), current().calendar
    if clock.unit is Unit.HOURS:
        return at - timedelta(hours=clock.amount)
    moment = at
    while due_at(moment, clock, calendar) >= at:
        moment -= DAY
    return moment + DAY


def with_particulars(services: QuerySet[Service]) -> QuerySet[Service]:
    """The same services, each with the codes that hang on it, in one question."""
    spoken = Language.objects.filter(service=OuterRef("pk")).exclude(code="")
    areas = ServiceArea.objects.filter(service=OuterRef("pk")).exclude(district="")
    given = ServiceAtLocation.objects.filter(service=OuterRef("pk"))
    placed = given.exclude(location__district="")
    return services.select_related("organization", "desk", "free_said_by", "assured_by").annotate(
        spoken=ArraySubquery(spoken.values("code")),
        covered=ArraySubquery(areas.values("district")),
        placed=ArraySubquery(placed.values("location__district")),
        hidden=Exists(given.filter(confidential=True)),
    )


def hits_of(services: Sequence[Service], person: Person, at: datetime) -> list[Hit]:
    """These services, with their particulars, beside the person, with what is known now."""
    hours = _hours_of(services)
    zone = ZoneInfo(current().calendar.time_zone)
    fresh, told = since("service_confirmation", at).date(), since("free_places_hold", at)
    found = []
    for service in services:
        admission = _admission(service)
        counted = service.free_said_at is not None and service.free_said_at >= told
        hit = Hit(
            service=service,
            bars=tuple(bars(admission, person, at.date())),
            doubts=tuple(doubts(admission, person)),
            opening=opening(hours.get(service.pk, ()), at, zone),
            stale=service.assured_date is None or service.assured_date < fresh,
            free=service.free_places if counted else None,
            languages=tuple(sorted(admission.languages)),
            districts=tuple(sorted(set(_particular(service, "placed")))),
            confidential=service.hidden,  # type: ignore[attr-defined]  # annotated
        )
        found.append(hit)
    return found


def _hours_of(services: Iterable[Service]) -> dict[UUID, list[Hours]]:
    """The schedules of some services, also those at one location only."""
    keys = [service.pk for service in services]
    found: dict[UUID, list[Hours]] = {}
    schedules = Schedule.objects.filter(
        Q(service__in=keys) | Q(service_at_location__service__in=keys)
    ).select_related("service_at_location")
    for each in schedules:
        above = each.service_at_location
        key = each.service_id or (above.service_id if above else None)
        hours = Hours(**{name: getattr(each, name) for name in HOURS})
        if key is not None:
            found.setdefault(key, []).append(hours)
    return found


def _admission(service: Service) -> Admission:
    """Whom the service takes, for the rule."""
    return Admission(
        status=service.status,
        sexes=frozenset(service.sexes),
        lowest=service.minimum_age,
        highest=service.maximum_age,
        families=service.families,
        languages=frozenset(_particular(service, "spoken")),
        interprets=bool(service.interpretation_services),
        districts=frozenset(_particular(service, "covered")),
        agreement_ends=service.organization.protocol_ends_on,
    )


def _particular(service: Service, name: str) -> list[str]:
    """What `with_particulars` found."""
    found: list[str] = getattr(service, name)
    return found
