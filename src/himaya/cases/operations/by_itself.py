"""Steps that nobody takes: they happen when their time is up."""

from datetime import datetime

from django.db import transaction

from himaya.cases.tracks import step_of, take_step
from himaya.cases.turns import take_free_turns
from himaya.clocks.models import Deadline
from himaya.clocks.trace import trace
from himaya.kernel.access import Actor
from himaya.packs.required import REQUIRED_STEPS
from himaya.packs.vocabulary import CLOCK

AT_ONCE = 50


@transaction.atomic
def take_due(*, actor: Actor, reached: datetime, at: datetime) -> int:
    """Take the steps whose time is up; returns how many deadlines this was about.

    What a concept takes itself when its own time is up, such as the end of a consent, is left to
    it: here its deadline is only asked no more. A case on which somebody acts just now waits.
    """
    waiting = Deadline.objects.running().filter(kind=Deadline.Kind.BY_ITSELF, calls_at__lte=reached)
    found = list(waiting.order_by("calls_at")[:AT_ONCE])
    free = take_free_turns([deadline.case_id for deadline in found])
    return sum(_take(actor, deadline, at) for deadline in found if deadline.case_id in free)


def _take(actor: Actor, deadline: Deadline, at: datetime) -> int:
    deadline = Deadline.objects.select_for_update().get(pk=deadline.pk)
    if deadline.calls_at is None:
        return 0  # another worker was quicker
    step_id = _step(deadline)
    if step_id is not None:
        take_step(step_id=step_id, case_id=deadline.case_id, actor=actor, at=at)
        return 1
    deadline.calls_at = None
    deadline.save(update_fields=["calls_at"])
    trace(deadline, "clocks.left_to_its_concept", actor=actor, at=at)
    return 1


def _step(deadline: Deadline) -> str | None:
    steps = (step_of(deadline.case_id, step_id) for step_id in deadline.steps)
    own = (step.id for step in steps if CLOCK in step.actors and step.id not in REQUIRED_STEPS)
    return next(own, None)
