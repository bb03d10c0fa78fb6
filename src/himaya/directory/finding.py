"""Which services would take a person, and which would not."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields import BooleanField

from himaya.directory.hits import Hit, hits_of, since, with_particulars
from himaya.directory.models import Language, Service, ServiceArea
from himaya.directory.rules.admission import Person
from himaya.directory.rules.opening import Opening

A_PAGE = 20
LOOKED_AT = 200  # services of which hours are worked out for one page
GIVEN = (Service.Status.ACTIVE, Service.Status.CLOSED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. words: in the name. free, open: now. ended: also what has ended."""

    need: str = ""
    person: Person = field(default_factory=Person)
    words: str = ""
    free: bool = False
    open: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Some hits, and from which service on the next ones come; None at the end."""

    hits: Sequence[Hit]
    after: UUID | None


def fitting(wanted: Wanted, at: datetime) -> QuerySet[Service]:
    """Services that would take the person: the same as the rule `bars`, asked of the database."""
    person = wanted.person
    youngest, oldest = person.ages
    found = asked_for(wanted).filter(status=Service.Status.ACTIVE)
    found = found.exclude(organization__protocol_ends_on__lt=at.date())
    found = found.filter(Q(minimum_age=None) | Q(minimum_age__lte=oldest))
    found = found.filter(Q(maximum_age=None) | Q(maximum_age__gte=youngest))
    if person.sex:
        found = found.filter(Q(sexes=[]) | Q(sexes__contains=[person.sex]))
    if person.family is not None:
        found = found.exclude(families="none" if person.family else "only")
    if person.language:
        spoken = Language.objects.filter(service=OuterRef("pk")).exclude(code="")
        found = found.filter(
            ~Exists(spoken)
            | Exists(spoken.filter(code=person.language))
            | ~Q(interpretation_services="")
        )
    if person.district:
        areas = ServiceArea.objects.filter(service=OuterRef("pk")).exclude(district="")
        found = found.filter(~Exists(areas) | Exists(areas.filter(district=person.district)))
    if wanted.free:
        told = since("free_places_hold", at)
        found = found.filter(free_places__gt=0, free_said_at__gte=told)
    return found


def others(wanted: Wanted, at: datetime) -> QuerySet[Service]:
    """Services of the kind that would not take the person, or have no place now."""
    return asked_for(wanted).exclude(pk__in=fitting(wanted, at).values("pk"))


def asked_for(wanted: Wanted) -> QuerySet[Service]:
    """Services of the kind of help, for whomever."""
    found = with_particulars(Service.objects.all())
    if not wanted.ended:
        found = found.filter(status__in=GIVEN)
    if wanted.need:
        found = found.filter(needs__contains=[wanted.need])
    if wanted.words:
        found = found.filter(
            Q(name__icontains=wanted.words) | Q(organization__name__icontains=wanted.words)
        )
    return found


def paged(
    services: QuerySet[Service], wanted: Wanted, at: datetime, after: UUID | None = None
) -> Page:
    """The next page: what somebody confirmed lately first, then by name."""
    most = LOOKED_AT if wanted.open else A_PAGE
    listed = list(_from(_ordered(services, at), after, at)[: most + 1])
    looked_at = listed[:most]
    hits = hits_of(looked_at, wanted.person, at)
    if wanted.open:
        hits = [hit for hit in hits if hit.opening is Opening.OPEN]
    if len(hits) > A_PAGE:
        return Page(hits[:A_PAGE], hits[A_PAGE - 1].service.pk)
    return Page(hits, looked_at[-1].pk if len(listed) > most else None)


def _ordered(services: QuerySet[Service], at: datetime) -> QuerySet[Service]:
    fresh = Q(assured_date__gte=since("service_confirmation", at).date())
    stale = Case(When(fresh, then=Value(False)), default=Value(True), output_field=BooleanField())
    return services.annotate(stale=stale).order_by("stale", "name", "pk")


def _from(services: QuerySet[Service], after: UUID | None, at: datetime) -> QuerySet[Service]:
    last = _ordered(Service.objects.filter(pk=after), at).first() if after else None
    if last is None:
        return services
    stale = last.stale  # type: ignore[attr-defined]  # annotated above
    behind = Q(stale=stale, name__gt=last.name) | Q(stale=stale, name=last.name, pk__gt=last.pk)
    return services.filter(behind if stale else behind | Q(stale=True))


@dataclass(frozen=True, slots=True)
class Result:
    """Services that would take the person, a page at a time, and the first that would not."""

    fitting: Page
    others: Page


def search(wanted: Wanted, at: datetime, after: str = "") -> Result:
    """What the page of the directory shows. after: `others.` before it for the second list."""
    second, _dot, key = after.rpartition(".")
    try:
        last = UUID(key)
    except ValueError:
        last = None
    nothing = Page((), None)
    plain = replace(wanted, open=False)  # who would not take the person is told at any hour
    if second == "others":
        return Result(nothing, paged(others(wanted, at), plain, at, last))
    found = paged(fitting(wanted, at), wanted, at, last)
    return Result(found, nothing if last else paged(others(wanted, at), plain, at))
