"""Calls, read for an officer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from himaya.agencies.models import Desk
from himaya.hotline.models import Call, Draft, Handover
from himaya.hotline.rules import check_may_take
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many calls of a desk ended so, within a day."""

    outcome: str
    number: int


def open_call(actor: Actor) -> Call | None:
    """The call that the actor has on the line."""
    found = Call.objects.filter(operator_id=actor.officer_id, ended_at__isnull=True)
    return found.select_related("desk").first()


def unread_number(actor: Actor, at: datetime) -> Draft | None:
    """A number that the actor has still to read out."""
    found = Draft.objects.filter(
        holds=Draft.Holds.NUMBER, call__operator_id=actor.officer_id, until__gt=at
    )
    return found.order_by("-saved_at").first()


def call_for(actor: Actor, call_id: UUID) -> Call:
    """A call that the actor has on the line, or ended. Raises NotKnown for any other."""
    check_may_take(actor)
    found = Call.objects.filter(pk=call_id, operator_id=actor.officer_id).first()
    if found is None:
        raise NotKnown(call=call_id)
    return found


def draft_of(call: Call, holds: Draft.Holds, at: datetime) -> Draft | None:
    """What was noted of a call, or the number to read out, unless its time is over."""
    return Draft.objects.filter(call=call, holds=holds, until__gt=at).first()


def offered(call: Call) -> Handover | None:
    """The hand-over for which this call waits."""
    return waiting(Handover.objects.filter(call=call)).select_related("desk").first()


def waiting(handovers: QuerySet[Handover]) -> QuerySet[Handover]:
    """Those that nobody has taken, and that were not taken back."""
    return handovers.filter(taken_at__isnull=True, withdrawn_at__isnull=True)


def to_take(actor: Actor) -> QuerySet[Handover]:
    """Calls that wait for somebody of the actor's desks, the longest wait first."""
    found = waiting(Handover.objects.filter(desk_id__in=actor.desk_ids))
    return found.exclude(given_by_id=actor.officer_id).order_by("offered_at")


def handover_for(actor: Actor, handover_id: UUID) -> Handover:
    """A hand-over that the actor gave, or that their desk was asked to take. Raises NotKnown."""
    check_may_take(actor)
    concerned = Q(given_by_id=actor.officer_id) | Q(desk_id__in=actor.desk_ids)
    found = Handover.objects.filter(concerned, pk=handover_id).select_related("call", "desk")
    handover = found.first()
    if handover is None:
        raise NotKnown(handover=handover_id)
    return handover


def hotlines() -> QuerySet[Desk]:
    """Every desk that takes calls."""
    return Desk.objects.filter(kind=Desk.Kind.HOTLINE).order_by("position", "code")


def hotlines_of(actor: Actor) -> QuerySet[Desk]:
    """The actor's own desks that take calls."""
    return hotlines().filter(pk__in=actor.desk_ids)


def ended_within_a_day(actor: Actor, at: datetime) -> list[Counted]:
    """How the calls of the actor's desks ended since yesterday at this time, the most first."""
    ended = Call.objects.filter(desk_id__in=actor.desk_ids, ended_at__gt=at - DAY)
    rows = ended.values_list("outcome").annotate(number=Count("pk")).order_by("-number", "outcome")
    return [Counted(outcome, number) for outcome, number in rows]
