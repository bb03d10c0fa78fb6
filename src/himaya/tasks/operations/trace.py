"""What every write to a task shares: one officer at a time, and a trace on the person's case."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Model

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.tasks.models import Task
from himaya.tasks.queries import task_for


def locked_task(actor: Actor, task_id: UUID) -> Task:
    """A task of the actor's desks, its row locked until the transaction ends. Raises NotKnown."""
    known = task_for(actor, task_id)
    return Task.objects.select_for_update(of=("self",)).get(pk=known.pk)


def trace(task: Task, act: str, *, actor: Actor, at: datetime, rows: Sequence[Model]) -> None:
    """Record what was done with a task, on its case."""
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=task.case_id,
        desk_id=task.desk_id,
        facts={"task": str(task.pk), "kind": task.kind},
        rows=rows,
    )
