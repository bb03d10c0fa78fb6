"""How a task is worded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from himaya.tasks.models import Task


@dataclass(frozen=True, slots=True)
class Line:
    """A task in a list. said: more about it lies sealed in the file. late: its day has passed."""

    id: UUID
    what: str
    who: str
    until: date
    state: str
    open: bool
    late: bool
    said: bool


def line(task: Task, names: Mapping[UUID, str], today: date) -> Line:
    """A task in words. names: officer → user name, of those who sit at its desk."""
    waits = task.state == Task.State.OPEN
    return Line(
        id=task.pk,
        what=task.get_kind_display(),
        who=_who(task, names),
        until=task.until,
        state=task.get_why_dropped_display() or task.get_state_display(),
        open=waits,
        late=waits and task.until < today,
        said=task.said,
    )


def _who(task: Task, names: Mapping[UUID, str]) -> str:
    if task.officer_id is None:
        return _("Nobody yet")
    return names.get(task.officer_id, _("Somebody who has left the desk"))
