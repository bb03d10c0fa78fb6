"""What may be put aside, for how long, and that it comes back."""

from datetime import timedelta

import pytest

from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.tasks.errors import CannotWait, TooLong, TooManyAside
from himaya.tasks.models import Aside
from himaya.tasks.operations.aside import put_aside, take_back
from himaya.tasks.rules import check_may_put_aside
from tests.factories import offices, seats
from tests.factories.ledger import acts
from tests.factories.moments import NOON

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("danger", "due_in", "wait", "lasting", "refusal"),
    [
        ("", None, DAY, 0, None),
        ("medium", None, 14 * DAY, 49, None),
        ("low", 5 * DAY, 3 * DAY, 0, None),
        ("high", None, DAY, 0, CannotWait),
        ("", -DAY, DAY, 0, CannotWait),
        ("", DAY, timedelta(hours=1), 0, CannotWait),
        ("low", 5 * DAY, 5 * DAY, 0, TooLong),
        ("", None, 15 * DAY, 0, TooLong),
        ("", None, timedelta(), 0, TooLong),
        ("", None, DAY, 50, TooManyAside),
    ],
)
def test_what_presses_cannot_be_put_aside(danger, due_in, wait, lasting, refusal):
    said = {
        "danger": danger,
        "due_at": None if due_in is None else NOON + due_in,
        "until": NOON + wait,
        "lasting": lasting,
        "at": NOON,
    }
    if refusal is None:
        check_may_put_aside(**said)
    else:
        with pytest.raises(refusal):
            check_may_put_aside(**said)


@pytest.fixture
def officer(db):
    return seats.actor_of_officer(seats.officer("case_worker", offices.desk()))


def put(actor, line, **changes):
    said = {
        "kind": "answer",
        "reason": Aside.Reason.WAITS_FOR_DAY,
        "until": NOON + DAY,
        "danger": "",
        "due_at": None,
        "at": NOON,
    }
    return put_aside(actor=actor, line=line, **said | changes)


def test_it_is_off_the_day_until_its_moment_and_the_ledger_says_why(officer):
    line = offices.desk().pk
    put(officer, line)

    assert [each.line for each in Aside.objects.lasting(officer, NOON)] == [line]
    assert not Aside.objects.lasting(officer, NOON + DAY).exists()
    assert acts()[-1] == "task.put_aside"


def test_it_can_be_taken_back_and_put_aside_again(officer):
    line = offices.desk().pk
    put(officer, line)
    put(officer, line, until=NOON + 2 * DAY)
    assert Aside.objects.lasting(officer, NOON).count() == 1

    take_back(actor=officer, kind="answer", line=line, at=NOON)

    assert not Aside.objects.lasting(officer, NOON).exists()
    with pytest.raises(NotKnown):
        take_back(actor=officer, kind="answer", line=line, at=NOON)


def test_nobody_elses_day_changes(officer):
    colleague = seats.actor_of_officer(seats.officer("case_worker", offices.desk()))
    line = offices.desk().pk
    put(officer, line)

    assert not Aside.objects.lasting(colleague, NOON).exists()
    with pytest.raises(NotKnown):
        take_back(actor=colleague, kind="answer", line=line, at=NOON)


def test_a_job_has_no_day(db):
    with pytest.raises(NotKnown):
        put(Actor("job", "tests"), offices.desk().pk)
