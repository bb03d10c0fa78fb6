"""A clock was ahead when a deadline began: it began no later than it was found."""

from datetime import datetime

from django.db import transaction

from himaya.clocks.models import Deadline
from himaya.clocks.placing import next_call, pauses_of
from himaya.clocks.rules import clock_of, stand
from himaya.clocks.trace import trace
from himaya.kernel.access import Actor
from himaya.packs.calendar import due_at
from himaya.packs.loader import edition

AT_ONCE = 200


@transaction.atomic
def bring_forward(*, actor: Actor, reached: datetime, at: datetime) -> int:
    """Count deadlines anew that say they begin later than any clock has reached; returns how many.

    The clock that wrote them was ahead, so they would end too late. Nobody knows when they began,
    but it was before now.
    """
    ahead = Deadline.objects.running().filter(started_at__gt=reached).order_by("id")
    found = list(ahead.select_for_update(skip_locked=True)[:AT_ONCE])
    for deadline in found:
        _begin_at(deadline, reached)
        trace(deadline, "clocks.brought_forward", actor=actor, at=at)
    return len(found)


def _begin_at(deadline: Deadline, began: datetime) -> None:
    calendar = edition(deadline.pack).calendar
    deadline.started_at = began
    deadline.first_due_at = due_at(began, clock_of(deadline), calendar)
    found = stand(deadline, pauses_of(deadline.case_id), calendar)
    deadline.due_at, deadline.paused_since = found.due_at, found.paused_since
    deadline.calls_at = next_call(deadline)
    deadline.save(
        update_fields=["started_at", "first_due_at", "due_at", "paused_since", "calls_at"]
    )
