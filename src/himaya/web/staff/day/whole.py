"""An officer's day as the page shows it: what to do now, and what was put aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.pathway.asking import Rows, Section, answered
from himaya.tasks.models import Aside
from himaya.web.staff.day.lines import PLACE_WORDS, SHOWN, Task, in_order
from himaya.web.staff.tasks import KINDS


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the day. place: why it stands where it stands. may_wait: it may be put aside."""

    task: Task
    place: str
    may_wait: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line that was put aside: why, and until when."""

    task: Task
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """lines: what to do, in order, at most a page. more: that there is more than a page."""

    lines: list[Line]
    more: bool
    aside: list[Waiting]


def day_of(actor: Actor, at: datetime) -> Day:
    """The day of an officer. What was put aside and has become pressing stands among the rest."""
    tasks, asides = _all_of(actor, at)
    put = {(aside.kind, aside.line): aside for aside in asides}
    waiting, standing = [], []
    for task in in_order(tasks, at):
        aside = put.get((task.kind, task.id))
        if aside is not None and task.may_be_put_aside(at):
            waiting.append(Waiting(task, aside.get_reason_display(), aside.until))
        else:
            standing.append(task)
    lines = [
        Line(task, str(PLACE_WORDS[task.place(at)]), task.may_be_put_aside(at))
        for task in standing[:SHOWN]
    ]
    return Day(lines, more=len(standing) > SHOWN, aside=waiting)


def task_on(actor: Actor, word: str, at: datetime) -> Task:
    """The line of an officer's day that an address names. Raises NotKnown for any other."""
    tasks, _asides = _all_of(actor, at)
    found = next((task for task in tasks if task.word == word), None)
    if found is None:
        raise NotKnown(line=word)
    return found


def _all_of(actor: Actor, at: datetime) -> tuple[list[Task], list[Aside]]:
    """Every line that may stand on the day, and what was put aside, in one question."""
    tasks: Sequence[Section[list[Task]]] = [kind(actor, at) for kind in KINDS]
    *found, asides = answered([*tasks, _asides(actor, at)])
    return [task for lines in found for task in lines], asides


def _asides(actor: Actor, at: datetime) -> Section[Rows]:
    (found,) = yield [Aside.objects.lasting(actor, at)]
    return found
