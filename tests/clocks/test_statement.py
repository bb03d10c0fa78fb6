"""The clock of the person's own statement stands still while they recover, in every country."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest

from himaya.agencies.models import Desk
from himaya.clocks.models import Deadline
from himaya.clocks.operations.pausing import pause
from tests.clocks.actors import officer
from tests.factories import cases
from tests.factories.countries import PACKS, in_force, step_as
from tests.factories.moments import NOON
from tests.factories.offices import desk

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = timedelta(days=1)
RESTS = "recovery_period"


@pytest.fixture(params=PACKS, ids=lambda path: path.name)
def country(request):
    """Each pack that is delivered, in force."""
    with in_force(request.param) as pack:
        yield pack


@pytest.fixture
def case(country, db):
    """An open case in that country."""
    return cases.case(desk(Desk.Kind.CASEWORK), desk(Desk.Kind.IDENTIFICATION))


def rest_ends(country):
    """The step by which the recovery period ends before its time is up, or the one after it."""
    names = {step.id for step in country.steps}
    return "waive_recovery" if "waive_recovery" in names else "end_recovery"


def without_pause(country):
    """The pack as it would be if the recovery period did not stop the clock."""
    clock = country.step("hear_person").clock
    pauses = tuple(reason for reason in clock.pauses if reason != RESTS)
    return step_as("hear_person", clock=replace(clock, pauses=pauses))


@pytest.mark.parametrize("stops", [True, False], ids=["with the pause", "without the pause"])
def test_it_stands_still_while_recovery_runs_and_goes_on_after(
    country, case, move, deadline_of, stops
):
    with nullcontext() if stops else without_pause(country):
        move("start_screening", "presume", "ask_statement")
        waits = deadline_of("hear_person")
        assert waits.paused_since is None

        move("begin_recovery", at=NOON + DAY)
        waits.refresh_from_db()
        assert (waits.paused_since, waits.calls_at is None) == (
            (NOON + DAY, True) if stops else (None, False)
        )

        move(rest_ends(country), at=NOON + 41 * DAY)
        waits.refresh_from_db()
        assert (waits.paused_since, waits.due_at > NOON + 41 * DAY) == (None, stops)


def test_it_stands_still_from_the_first_when_asked_for_during_recovery(
    country, case, move, deadline_of
):
    move("start_screening", "presume", "begin_recovery")
    move("ask_statement", at=NOON + 2 * DAY)

    assert deadline_of("hear_person").paused_since == NOON + 2 * DAY


@pytest.mark.parametrize("reason", ["person_unreachable", "waiting_for_interpreter"])
def test_it_waits_for_the_person_and_for_an_interpreter(country, case, move, deadline_of, reason):
    move("start_screening", "presume", "ask_statement")

    pause(actor=officer(case.desk_id), case_id=case.pk, reason=reason, at=NOON)

    assert deadline_of("hear_person").paused_since == NOON


@pytest.mark.parametrize("answer", ["hear_person", "decline_statement"])
def test_a_yes_and_a_no_meet_it_alike(country, case, move, deadline_of, answer):
    move("ask_statement")
    waits = deadline_of("hear_person")
    assert waits.desk_id == case.desk_id

    move(answer, at=NOON + DAY)

    waits.refresh_from_db()
    assert (waits.met_at, waits.kind) == (NOON + DAY, Deadline.Kind.DUTY)


def test_no_law_is_said_to_fix_it(country):
    clock = country.step("hear_person").clock

    assert (clock.setting, clock.limit) == ("statement_answer", None)
    assert country.setting("statement_answer").value is None
    assert country.setting("statement_answer").confidence == "low"
