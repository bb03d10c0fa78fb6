"""What may be put aside, who may be given a task, and who may end it."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from himaya.cases.models import Case
from himaya.cases.rules import check_may_work, check_sees
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import Stale
from himaya.tasks.errors import (
    CannotWait,
    NoDay,
    NotSaidWhy,
    TaskEnded,
    TooLong,
    TooManyAside,
)
from himaya.tasks.models import Task

AT_MOST = 50  # lines that one officer may have put aside at a time
LONGEST = timedelta(days=14)
BEFORE_DEADLINE = timedelta(days=1)


def check_may_put_aside(
    *, danger: str, due_at: datetime | None, until: datetime, lasting: int, at: datetime
) -> None:
    """Raise unless a line of an officer's day may be put aside until then.

    due_at: when it must be done. lasting: how many lines the officer has put aside already.
    """
    if danger == "high" or (due_at is not None and due_at - at <= BEFORE_DEADLINE):
        raise CannotWait
    last = at + LONGEST if due_at is None else min(at + LONGEST, due_at - BEFORE_DEADLINE)
    if not at < until <= last:
        raise TooLong(last=last.isoformat())
    if lasting >= AT_MOST:
        raise TooManyAside


def check_may_give(
    actor: Actor,
    case: Case,
    officer_id: UUID | None,
    *,
    sees: Collection[UUID],
    until: date,
    today: date,
) -> None:
    """Raise unless the actor leads the case, and whoever gets the task may see it.

    sees: the officers of the leading desk who hold its key. officer_id: None for anybody there.
    """
    check_may_work(actor, case)
    check_sees(officer_id, sees)
    if until < today:
        raise NoDay(until=until)


def check_may_change(actor: Actor, task: Task, version: int) -> None:
    """Raise unless the task waits at a desk of the actor, and nobody changed it meanwhile."""
    actor.need(Permission.CASE_WORK)
    if task.state != Task.State.OPEN:
        raise TaskEnded(task=task.pk)
    if task.version != version:
        raise Stale(task=task.pk)


def check_may_drop(actor: Actor, task: Task, version: int, why: str) -> None:
    """Raise unless it may be changed, and a reason is given."""
    check_may_change(actor, task, version)
    if why not in Task.Dropped.values:
        raise NotSaidWhy(task=task.pk)
