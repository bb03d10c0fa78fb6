"""Matches, read for an actor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import F, Func, QuerySet, UUIDField

from himaya.agencies.models import Desk
from himaya.cases.models import Case, Merge
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.recognition.models import Match, Side
from himaya.recognition.rules import Seen

MOST = 50


def seen_by(actor: Actor, case: Case, match_id: UUID) -> Seen:
    """A match of a case of the actor's desks, its row locked. Raises NotKnown for any other."""
    matches = Match.objects.visible_to(actor).filter(pk=match_id)
    match = matches.select_for_update(of=("self",)).first()
    sides = Side.objects.filter(match=match_id).select_related("case")
    own = next((side for side in sides if side.case_id == case.pk), None)
    if match is None or own is None:
        raise NotKnown(match=match_id)
    other = next((side.case for side in sides if side.pk != own.pk), None)
    ours = other is not None and other.desk_id in actor.desk_ids
    joined = match.merge_id is not None and _holds(match.merge_id)
    return Seen(match, case, asks=own.asks, ours=ours, joined=joined)


def _holds(merge_id: UUID) -> bool:
    return Merge.objects.filter(pk=merge_id, undone_at=None).exists()


def sides_of(case_id: UUID) -> "QuerySet[Side]":
    """The sides of a case's matches, with the desk that leads the other case (`other_desk`)."""
    other = Func(
        F("match_id"), F("case_id"), function="recognition_other_desk", output_field=UUIDField()
    )
    return Side.objects.filter(case_id=case_id).annotate(other_desk=other)


@dataclass(frozen=True, slots=True)
class Found:
    """A match of a case, and whom to ask. other: the other case, if it is of the actor's desks."""

    seen: Seen
    desk: Desk
    other: Case | None


def found_of(actor: Actor, case: Case) -> list[Found]:
    """The matches of a case that the actor's desks may know of, the newest first."""
    sides = list(
        sides_of(case.pk).select_related("match__merge").order_by("-match__found_at")[:MOST]
    )
    of_others = Side.objects.filter(match__in=[side.match_id for side in sides])
    others = {
        side.match_id: side.case for side in of_others.exclude(case=case).select_related("case")
    }
    desks = Desk.objects.select_related("agency").in_bulk([_other(side) for side in sides])
    return [_found(actor, case, side, others, desks) for side in sides]


def _other(side: Side) -> UUID:
    desk_id: UUID = side.other_desk  # type: ignore[attr-defined]  # annotated by sides_of
    return desk_id


def _found(
    actor: Actor, case: Case, side: Side, others: Mapping[UUID, Case], desks: Mapping[UUID, Desk]
) -> Found:
    other = others.get(side.match_id)
    ours = other is not None and other.desk_id in actor.desk_ids
    merge = side.match.merge
    joined = merge is not None and merge.undone_at is None
    return Found(Seen(side.match, case, side.asks, ours, joined), desks[_other(side)], other)


@dataclass(frozen=True, slots=True)
class End:
    """One of the two cases of a match that is answered: the same person."""

    case_id: UUID
    person_id: UUID
    desk_id: UUID


def ends_of(match_id: UUID) -> Sequence[End]:
    """Both ends of a match that was answered so; none of any other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM recognition_ends(%s)", [match_id])
        return [End(*row) for row in cursor.fetchall()]
