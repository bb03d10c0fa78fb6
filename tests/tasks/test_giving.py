"""A task goes to nobody who could not open the case, and ends once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from himaya.cases.errors import CannotSee, CaseIsClosed, NotYourStep
from himaya.cases.models import Case
from himaya.kernel.errors import NotKnown, Stale
from himaya.tasks.errors import NoDay, NotSaidWhy, TaskEnded
from himaya.tasks.models import Task
from himaya.tasks.operations.ending import drop, finish
from himaya.tasks.operations.giving import give, give_many, pass_on
from himaya.tasks.rules import check_may_give
from himaya.vault.models import MemberWrap, Sealed
from tests.factories import cases
from tests.factories.ledger import acts
from tests.factories.moments import NOON

pytestmark = pytest.mark.slow
FRIDAY = NOON.date() + timedelta(days=4)
LATER = NOON + timedelta(minutes=5)


def given(seat, case, officer=None, **changes):
    """The officer gives a task of the case."""
    asked = {"kind": Task.Kind.CONTACT, "until": FRIDAY, "words": "", "at": NOON} | changes
    with seat.works():
        return give(
            actor=seat.actor,
            case_id=case.pk,
            officer_id=officer.officer.pk if officer else None,
            **asked,
        )


def test_a_colleague_is_given_a_task_and_does_it(people, case):
    task = given(people.worker, case, people.colleague, words="She waits for a call at noon.")
    with people.colleague.works():
        finish(actor=people.colleague.actor, task_id=task.pk, version=1, at=LATER)

    task.refresh_from_db()
    assert (task.state, task.ended_by, task.ended_at) == (
        Task.State.DONE, people.colleague.officer.pk, LATER,
    )  # fmt: skip
    assert Sealed.objects.filter(name="task").count() == 1
    assert [act for act in acts() if act.startswith("task.")] == ["task.given", "task.done"]


@pytest.mark.parametrize("who", ["shelter", "stranger", "intake"])
def test_somebody_of_another_desk_cannot_be_given_one(people, case, who):
    with pytest.raises(CannotSee):
        given(people.worker, case, getattr(people, who))

    assert not Task.objects.exists()


def test_a_colleague_without_the_desks_key_cannot_be_given_one(people, case):
    MemberWrap.objects.filter(officer=people.colleague.officer).delete()

    with pytest.raises(CannotSee):
        given(people.worker, case, people.colleague)


def test_the_database_refuses_an_officer_of_another_desk(people, case):
    task = given(people.worker, case)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tasks_task SET officer_id = %s WHERE id = %s",
            [people.shelter.officer.pk, task.pk],
        )


def test_without_that_trigger_the_database_would_take_it(people, case):
    task = given(people.worker, case)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE tasks_task DISABLE TRIGGER tasks_officer_sits_there")
        cursor.execute(
            "UPDATE tasks_task SET officer_id = %s WHERE id = %s",
            [people.shelter.officer.pk, task.pk],
        )

        assert cursor.rowcount == 1


ANYBODY = uuid4()


@pytest.mark.parametrize(
    ("case_is", "officer", "days", "refusal"),
    [
        ({}, ANYBODY, 0, None),
        ({}, None, 0, None),
        ({}, ANYBODY, -1, NoDay),
        ({}, uuid4(), 0, CannotSee),
        ({"desk": "shelter"}, ANYBODY, 0, NotYourStep),
        ({"state": Case.State.CLOSED}, ANYBODY, 0, CaseIsClosed),
    ],
)
def test_who_may_give_what_to_whom(people, case_is, officer, days, refusal):
    today = date(2026, 3, 1)
    asked = {"sees": {ANYBODY}, "until": today + timedelta(days=days), "today": today}
    desk = getattr(people, case_is.get("desk", "worker")).desk
    case = Case(desk=desk, state=case_is.get("state", Case.State.OPEN))
    if refusal is None:
        check_may_give(people.worker.actor, case, officer, **asked)
    else:
        with pytest.raises(refusal):
            check_may_give(people.worker.actor, case, officer, **asked)


def test_another_desk_does_not_know_of_it(people, case):
    task = given(people.worker, case)

    with people.shelter.works(), pytest.raises(NotKnown):
        finish(actor=people.shelter.actor, task_id=task.pk, version=1, at=LATER)
    with people.shelter.works():
        assert not Task.objects.exists()


def test_of_two_who_end_it_the_second_is_told(people, case):
    task = given(people.worker, case)
    with people.worker.works():
        finish(actor=people.worker.actor, task_id=task.pk, version=1, at=LATER)

    with people.colleague.works(), pytest.raises(TaskEnded):
        drop(actor=people.colleague.actor, task_id=task.pk, version=1, why="not_needed", at=LATER)


def test_whoever_saw_an_older_version_is_told(people, case):
    task = given(people.worker, case)
    with people.worker.works():
        pass_on(
            actor=people.worker.actor,
            task_id=task.pk,
            officer_id=people.colleague.officer.pk,
            version=1,
            at=LATER,
        )

    with people.worker.works(), pytest.raises(Stale):
        finish(actor=people.worker.actor, task_id=task.pk, version=1, at=LATER)


def test_a_task_is_dropped_with_a_reason_only(people, case):
    task = given(people.worker, case)

    with people.worker.works(), pytest.raises(NotSaidWhy):
        drop(actor=people.worker.actor, task_id=task.pk, version=1, why="", at=LATER)
    task.refresh_from_db()
    assert task.state == Task.State.OPEN


def test_many_cases_get_one_each_or_none_does(people):
    many = [cases.case(people.worker.desk) for _number in range(3)]
    foreign = cases.case(people.shelter.desk)
    asked = {"kind": Task.Kind.REVIEW_PLAN, "officer_id": None, "until": FRIDAY, "at": NOON}
    with people.worker.works(), pytest.raises(NotKnown):
        give_many(
            actor=people.worker.actor, case_ids=[each.pk for each in (*many, foreign)], **asked
        )
    assert not Task.objects.exists()

    with people.worker.works():
        give_many(actor=people.worker.actor, case_ids=[each.pk for each in many], **asked)

    assert set(Task.objects.values_list("case_id", flat=True)) == {each.pk for each in many}
    assert acts().count("task.given") == len(many)
