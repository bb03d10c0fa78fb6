"""A task is done, or dropped."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.kernel.access import Actor
from himaya.tasks.models import Task
from himaya.tasks.operations.trace import locked_task, trace
from himaya.tasks.rules import check_may_change, check_may_drop


@transaction.atomic
def finish(*, actor: Actor, task_id: UUID, version: int, at: datetime) -> Task:
    """It is done. Any officer of the desk may say so. Raises TaskEnded or Stale."""
    task = locked_task(actor, task_id)
    check_may_change(actor, task, version)
    return _end(task, Task.State.DONE, actor, at)


@transaction.atomic
def drop(*, actor: Actor, task_id: UUID, version: int, why: str, at: datetime) -> Task:
    """It will not be done, and why. Raises NotSaidWhy, TaskEnded or Stale."""
    task = locked_task(actor, task_id)
    check_may_drop(actor, task, version, why)
    task.why_dropped = why
    return _end(task, Task.State.DROPPED, actor, at)


def _end(task: Task, state: Task.State, actor: Actor, at: datetime) -> Task:
    task.state, task.ended_by, task.ended_at = state, actor.officer_id, at
    task.version += 1
    task.save(update_fields=["state", "why_dropped", "ended_by", "ended_at", "version"])
    trace(task, f"task.{state.value}", actor=actor, at=at, rows=[task])
    return task
