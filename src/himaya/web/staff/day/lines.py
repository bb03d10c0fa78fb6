"""One line of My day, and the order of all: legal deadline, danger, promise made, age."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.kernel.access import Actor
from himaya.tasks.rules import AT_MOST

M = TypeVar("M", bound=Model)
SHOWN = 50
MOST = SHOWN + AT_MOST + 1  # of one kind: enough for the page, whatever was put aside
NEVER = datetime.max.replace(tzinfo=UTC)
SOON = timedelta(days=1)
DANGER_WORDS: Mapping[str, str | Promise] = {
    "high": _("High danger"),
    "medium": _("Some danger"),
    "low": _("Low danger"),
}


class Place(IntEnum):
    """Why a line stands where it stands: the order of the list."""

    BY_LAW = 0
    DANGER = 1
    PROMISED = 2
    AGE = 3


PLACE_WORDS: Mapping[Place, str | Promise] = {
    Place.BY_LAW: _("First, because its deadline is over or a day away."),
    Place.DANGER: _("Here, because of the danger."),
    Place.PROMISED: _("Here, because of the date that was promised."),
    Place.AGE: _("Here, because of how long it has waited."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do. who: a pseudonym or a number, never a name. danger: high, medium, low or "".

    kind, id: which line it is, for who puts it aside. why_now: one line on why it is there at all.
    since: when it began to wait. legal: `until` is a deadline of the pathway, not our promise.
    """

    kind: str
    id: UUID
    what: str
    who: str
    why_now: str
    href: str
    since: datetime
    until: datetime | None = None
    danger: str = ""
    legal: bool = False

    @property
    def word(self) -> str:
        """Which line it is, as an address says it."""
        return f"{self.kind}.{self.id}"

    @property
    def danger_words(self) -> str:
        """The rating in words."""
        return str(DANGER_WORDS[self.danger])

    def is_due(self, at: datetime) -> bool:
        """Late, or due within a day."""
        return self.until is not None and self.until - at <= SOON

    def place(self, at: datetime) -> Place:
        """Why it stands where it stands."""
        if self.legal and self.is_due(at):
            return Place.BY_LAW
        if self.danger in ("high", "medium"):
            return Place.DANGER
        return Place.PROMISED if self.until else Place.AGE

    def may_be_put_aside(self, at: datetime) -> bool:
        """Nobody puts aside what is late, due within a day, or a matter of high danger."""
        return not self.is_due(at) and self.danger != "high"


def in_order(tasks: Iterable[Task], at: datetime) -> list[Task]:
    """The tasks in the order to do them."""
    return sorted(tasks, key=lambda task: _order(task, at))


def _order(task: Task, at: datetime) -> tuple[bool, int, datetime, datetime]:
    """Deadlines of the pathway that press; danger; the nearest date; the longest wait."""
    pressing = task.legal and task.is_due(at)
    rank = ("high", "medium", "low", "").index(task.danger)
    # What was not rated may be anything: it waits for no rating of something else.
    rank = 1 if task.danger == "" and task.until and task.is_due(at) else rank
    return (not pressing, rank, task.until or NEVER, task.since)


def at_each_desk(actor: Actor, of_desk: Callable[[UUID], QuerySet[M]]) -> list[QuerySet[M]]:
    """The first lines of each of the actor's desks apart: an index has them in their order."""
    return [of_desk(desk)[:MOST] for desk in sorted(actor.desk_ids)]


def all_rows(lists: Iterable[Sequence[M]]) -> list[M]:
    """The rows of several lists, each once."""
    return list({row.pk: row for rows in lists for row in rows}.values())
