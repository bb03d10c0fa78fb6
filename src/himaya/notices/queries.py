"""The outbox, read for an actor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from himaya.agencies.models import Desk
from himaya.kernel.access import Actor
from himaya.notices.models import DutyAddress, Outgoing


def given_up_for(actor: Actor) -> QuerySet[Outgoing]:
    """Messages of the actor's desks that could not be sent, the oldest first."""
    failed = Outgoing.objects.visible_to(actor).filter(state=Outgoing.State.GIVEN_UP)
    return failed.select_related("desk").order_by("made_at")


@dataclass(frozen=True, slots=True)
class Duty:
    """A desk of the actor, and since when its duty address has been set."""

    desk: Desk
    set_at: datetime | None
    language: str


def duties_of(actor: Actor) -> Sequence[Duty]:
    """The actor's desks, each with what is known of its duty address."""
    found = {duty.desk_id: duty for duty in DutyAddress.objects.filter(desk__in=actor.desk_ids)}
    desks = Desk.objects.filter(id__in=actor.desk_ids).order_by("code")
    return [
        Duty(desk, found[desk.id].set_at, found[desk.id].language)
        if desk.id in found
        else Duty(desk, None, "")
        for desk in desks
    ]
