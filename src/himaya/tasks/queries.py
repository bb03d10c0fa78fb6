"""Tasks, read for an actor."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.packs.loader import current
from himaya.tasks.models import Task


def task_for(actor: Actor, task_id: UUID) -> Task:
    """A task of the actor's desks. Raises NotKnown for any other."""
    found = Task.objects.visible_to(actor).filter(pk=task_id).first()
    if found is None:
        raise NotKnown(task=task_id)
    return found


def open_tasks_of(case_id: UUID) -> int:
    """How many tasks of a case wait."""
    return Task.objects.filter(case_id=case_id).open().count()


def today(at: datetime) -> date:
    """The day it is in the country."""
    return at.astimezone(ZoneInfo(current().calendar.time_zone)).date()
