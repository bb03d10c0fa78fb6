"""Inquiries, read for an actor: counts and pages, never the whole."""

from dataclasses import dataclass
from functools import reduce
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from himaya.accounts.paging import Found, Page, Position, beyond, goes_down, paged
from himaya.inquiries.models import Inquiry, Member, Part, Suspect
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown

HEARD = (Suspect.Standing.HEARD, Suspect.Standing.CHARGED)


def inquiry_for(actor: Actor, inquiry_id: UUID) -> Inquiry:
    """An inquiry that one of the actor's desks leads. Raises NotKnown for any other."""
    found = Inquiry.objects.visible_to(actor).select_related("desk").filter(pk=inquiry_id).first()
    if found is None:
        raise NotKnown(inquiry=inquiry_id)
    return found


def suspect_for(actor: Actor, suspect_id: UUID) -> Suspect:
    """A suspect of such an inquiry. Raises NotKnown for any other."""
    found = Suspect.objects.filter(inquiry__desk_id__in=actor.desk_ids, pk=suspect_id)
    suspect = found.select_related("inquiry").first()
    if suspect is None:
        raise NotKnown(suspect=suspect_id)
    return suspect


def inquiries_listed(actor: Actor, at: Position | None) -> Page[Inquiry]:
    """Inquiries of the actor's desks, a page at a time, the newest first."""

    def find(place: Position | None, number: int) -> Found[Inquiry]:
        rows = beyond(Inquiry.objects.visible_to(actor), "opened_at", place, newest_first=True)
        return Found(list(rows[:number]))

    return paged(find, lambda each: (each.opened_at, each.pk), at)


def _numbered(rows: "QuerySet[Any]", at: Position | None, column: str = "place") -> Page[Any]:
    """Rows by the number of a place in the inquiry, a page at a time. column: where it stands."""

    def find(place: Position | None, number: int) -> Found[Any]:
        down = goes_down(place, newest_first=False)
        found = rows.order_by(f"-{column}" if down else column)
        if place is not None and place.key:
            found = found.filter(**{f"{column}__{'lt' if down else 'gt'}": place.key[0]})
        return Found(list(found[:number]))

    return paged(find, lambda each: (reduce(getattr, column.split("__"), each),), at)


def members_listed(inquiry: Inquiry, at: Position | None) -> Page[Member]:
    """Whom the inquiry is about, by number."""
    return _numbered(Member.objects.filter(inquiry=inquiry, removed_at__isnull=True), at)


def suspects_listed(inquiry: Inquiry, at: Position | None) -> Page[Suspect]:
    """Its suspects, by number."""
    return _numbered(Suspect.objects.filter(inquiry=inquiry), at)


def linked_counts(suspects: "list[Suspect]") -> dict[UUID, int]:
    """Suspect → to how many members of the inquiry they are linked."""
    parts = Part.objects.filter(suspect__in=suspects, ended_at__isnull=True)
    return dict(parts.values_list("suspect").annotate(number=Count("pk")))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each an inquiry has."""

    cases: int
    victims: int
    witnesses: int
    heard: int
    suspects: int
    suspects_heard: int


def counts_of(inquiry: Inquiry) -> Counts:
    """The numbers of an inquiry, counted by the database."""
    members = Member.objects.filter(inquiry=inquiry, removed_at__isnull=True).aggregate(
        cases=Count("pk", filter=Q(case_id__isnull=False)),
        victims=Count("pk", filter=Q(role=Member.Role.VICTIM)),
        witnesses=Count("pk", filter=Q(role=Member.Role.WITNESS)),
        heard=Count("pk", filter=Q(heard_at__isnull=False)),
    )
    suspects = Suspect.objects.filter(inquiry=inquiry).aggregate(
        suspects=Count("pk"),
        suspects_heard=Count("pk", filter=Q(standing__in=HEARD)),
    )
    return Counts(**members, **suspects)


def parts_of(suspect: Suspect, at: Position | None) -> Page[Part]:
    """Whom a suspect is linked to, and how: the cases of one suspect, by number."""
    parts = Part.objects.filter(suspect=suspect, ended_at__isnull=True).select_related("member")
    return _numbered(parts, at, "member__place")


def memberships_of(case_id: UUID) -> "QuerySet[Member]":
    """In which inquiries a case is, for the desk that leads it. Of others nothing shows."""
    return Member.objects.filter(case_id=case_id, removed_at__isnull=True).order_by("added_at")


def members_at(inquiry_id: UUID, ranges: "list[tuple[int, int]]") -> list[UUID]:
    """The members at some numbers of an inquiry. ranges: both ends included."""
    wanted = Q(pk__in=[])
    for first, last in ranges:
        wanted |= Q(place__gte=first, place__lte=last)
    there = Member.objects.filter(wanted, inquiry=inquiry_id, removed_at__isnull=True)
    return list(there.values_list("pk", flat=True))
