"""Occasions, read for an actor: counts and pages, never the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from himaya.accounts.paging import Found, Page, Position, beyond, paged
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.occasions.models import Met, Occasion


def occasion_for(actor: Actor, occasion_id: UUID) -> Occasion:
    """An occasion that one of the actor's desks keeps. Raises NotKnown for any other."""
    found = Occasion.objects.visible_to(actor).select_related("desk").filter(pk=occasion_id).first()
    if found is None:
        raise NotKnown(occasion=occasion_id)
    return found


def met_for(actor: Actor, met_id: UUID) -> Met:
    """Somebody who was met on such an occasion. Raises NotKnown for any other."""
    found = Met.objects.filter(occasion__desk_id__in=actor.desk_ids, pk=met_id)
    met = found.select_related("occasion__desk").first()
    if met is None:
        raise NotKnown(met=met_id)
    return met


@dataclass(frozen=True, slots=True)
class Counts:
    """How far an occasion has come: people met, screened, not screened with a reason, waiting."""

    met: int
    screened: int
    reasons: int
    waiting: int


def counts_of(occasion: Occasion) -> Counts:
    """The numbers of an occasion; the database counts."""
    told = Met.objects.filter(occasion=occasion).told_apart()
    found = told.aggregate(
        met=Count("pk"),
        done=Count("pk", filter=Q(screened=True)),
        reasons=Count("pk", filter=~Q(reason="")),
    )
    waiting = found["met"] - found["done"] - found["reasons"]
    return Counts(found["met"], found["done"], found["reasons"], waiting)


def people_of(occasion: Occasion, at: Position | None) -> Page[Met]:
    """A page of the people of an occasion, by their number."""
    told = Met.objects.filter(occasion=occasion).told_apart()

    def find(place: Position | None, number: int) -> Found[Met]:
        return Found(list(beyond(told, "place", place, newest_first=False)[:number]))

    return paged(find, lambda met: (met.place, met.pk), at)


def occasions_for(actor: Actor, at: Position | None) -> Page[Occasion]:
    """A page of the occasions of the actor's desks, the newest first."""
    own = Occasion.objects.visible_to(actor)

    def find(place: Position | None, number: int) -> Found[Occasion]:
        return Found(list(beyond(own, "opened_at", place, newest_first=True)[:number]))

    return paged(find, lambda one: (one.opened_at, one.pk), at)


def waiting_in(occasions: Sequence[Occasion]) -> dict[UUID, int]:
    """Occasion id → how many of its people wait, where somebody does."""
    waiting = Met.objects.filter(occasion__in=occasions).waiting().values("occasion")
    found = waiting.annotate(number=Count("pk")).values_list("occasion", "number")
    return dict(found)


def open_until(desk: UUID) -> "QuerySet[Occasion]":
    """The occasions of a desk that go on, the soonest due first."""
    return Occasion.objects.filter(desk_id=desk, closed_at=None).order_by("due_at", "id")
