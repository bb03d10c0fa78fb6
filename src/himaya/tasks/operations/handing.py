"""Another desk leads a case from now on: what waited to be done about it goes with the case."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.kernel.access import Actor
from himaya.tasks.models import Task
from himaya.tasks.operations.trace import trace


@transaction.atomic
def hand_over(*, actor: Actor, case_id: UUID, to_desk: UUID, at: datetime) -> list[Task]:
    """Let the desk that leads a case now find its open tasks among its own, for whoever takes them.

    What the former desk wrote about them stays sealed to that desk. Days stay: whoever takes over
    takes over what is late. Called once the case itself has the new desk.
    """
    waiting = Task.objects.open().filter(case_id=case_id).exclude(desk_id=to_desk)
    handed = list(waiting.order_by("pk").select_for_update(of=("self",)))
    for task in handed:
        task.desk_id, task.officer, task.said = to_desk, None, False
        task.version += 1
    Task.objects.bulk_update(handed, ["desk", "officer", "said", "version"])
    for task in handed:
        trace(task, "task.handed_over", actor=actor, at=at, rows=[task])
    return handed
