"""A task is given, for one case or for many, and passed on."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.cases.colleagues import who_see
from himaya.cases.models import Case
from himaya.cases.operations.locked import locked, locked_all
from himaya.cases.rooms import room_of_desk
from himaya.cases.rules import check_sees
from himaya.kernel.access import Actor
from himaya.tasks.models import Task
from himaya.tasks.operations.trace import locked_task, trace
from himaya.tasks.queries import today
from himaya.tasks.rules import check_may_change, check_may_give
from himaya.vault import queries as vault
from himaya.vault.models import Compartment
from himaya.vault.seal import seal

# A class of its own, which no pack can name among what is shared: only the desk reads it.
KIND = Compartment.Kind.TASK


@transaction.atomic
def give(
    *,
    actor: Actor,
    case_id: UUID,
    kind: Task.Kind,
    officer_id: UUID | None,
    until: date,
    words: str,
    at: datetime,
) -> Task:
    """Ask something about a case of an officer of its desk, or of whoever comes to it.

    words: sealed to the desk that works on it, and to no other. Raises CannotSee, NoDay, or as
    `check_may_work` does; then nothing has changed.
    """
    case = locked(actor, case_id)
    sees = {each.id for each in who_see(case.desk_id)}
    check_may_give(actor, case, officer_id, sees=sees, until=until, today=today(at))
    task = _of(case, kind=kind, officer_id=officer_id, until=until)
    task.given_by, task.given_at, task.said = actor.officer_id, at, bool(words)
    task.save(force_insert=True)
    said = _say(case, words, at) if words else []
    trace(task, "task.given", actor=actor, at=at, rows=[task, *said])
    return task


@transaction.atomic
def give_many(
    *,
    actor: Actor,
    case_ids: Sequence[UUID],
    kind: Task.Kind,
    officer_id: UUID | None,
    until: date,
    at: datetime,
) -> list[Task]:
    """The same for many cases, all or none; each case has its own entry.

    Raises NotKnown when one of them is not a case of the actor's desks.
    """
    tasks = []
    sees: dict[UUID, set[UUID]] = {}
    for case in locked_all(actor, case_ids):
        if case.desk_id not in sees:
            sees[case.desk_id] = {each.id for each in who_see(case.desk_id)}
        check_may_give(
            actor, case, officer_id, sees=sees[case.desk_id], until=until, today=today(at)
        )
        task = _of(case, kind=kind, officer_id=officer_id, until=until)
        task.given_by, task.given_at = actor.officer_id, at
        tasks.append(task)
    for task in Task.objects.bulk_create(tasks):
        trace(task, "task.given", actor=actor, at=at, rows=[task])
    return tasks


@transaction.atomic
def pass_on(
    *, actor: Actor, task_id: UUID, officer_id: UUID | None, version: int, at: datetime
) -> Task:
    """Another officer of the desk does it, or whoever comes. Raises TaskEnded, Stale, CannotSee."""
    task = locked_task(actor, task_id)
    check_may_change(actor, task, version)
    check_sees(officer_id, {each.id for each in who_see(task.desk_id)})
    task.officer_id = officer_id
    task.version += 1
    task.save(update_fields=["officer", "version"])
    trace(task, "task.passed_on", actor=actor, at=at, rows=[task])
    return task


def _of(case: Case, **asked: object) -> Task:
    return Task(case=case, pseudonym=case.pseudonym, desk_id=case.desk_id, **asked)


def _say(case: Case, words: str, at: datetime) -> list[Model]:
    room = room_of_desk(case, KIND, at)
    epoch = vault.key_of_compartment(room.compartment)
    return [*room.made, seal(epoch=epoch, name="task", content=words.encode(), at=at)]
