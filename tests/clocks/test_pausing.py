"""Clocks stand still for a reason of the pathway, and for nothing else."""

from datetime import timedelta

import pytest

from himaya.agencies.models import Desk
from himaya.clocks.errors import AlreadyStopped, NothingToStop, NotStopped, StopsByItself
from himaya.clocks.models import Pause
from himaya.clocks.operations.pausing import pause, resume
from himaya.kernel.access import Permission
from himaya.kernel.errors import NotPermitted
from tests.clocks.actors import officer
from tests.factories.ledger import acts
from tests.factories.moments import NOON
from tests.factories.offices import desk

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
UNREACHABLE, INTERPRETER = "person_unreachable", "waiting_for_interpreter"


@pytest.fixture
def worker(case):
    return officer(case.desk_id)


@pytest.fixture
def screening(deadline_of):
    """Seventy-two hours until the screening begins, day and night."""
    return deadline_of("start_screening")


def stop(worker, case, reason, at):
    return pause(actor=worker, case_id=case.pk, reason=reason, at=at)


def go_on(worker, case, reason, at):
    return resume(actor=worker, case_id=case.pk, reason=reason, at=at)


def test_a_clock_that_stood_still_is_due_as_much_later(case, worker, screening):
    due = screening.due_at

    stop(worker, case, UNREACHABLE, NOON + 10 * HOUR)
    screening.refresh_from_db()
    assert (screening.paused_since, screening.due_at, screening.calls_at) == (
        NOON + 10 * HOUR,
        due,
        None,
    )

    go_on(worker, case, UNREACHABLE, NOON + 15 * HOUR)
    screening.refresh_from_db()
    assert (screening.paused_since, screening.due_at) == (None, due + 5 * HOUR)
    assert screening.calls_at is not None
    assert screening.first_due_at == due
    assert [act for act in acts() if act.startswith("clocks.p") or act == "clocks.resumed"] == [
        "clocks.paused",
        "clocks.resumed",
    ]


def test_reasons_that_overlap_count_once(case, worker, screening):
    due = screening.due_at

    stop(worker, case, UNREACHABLE, NOON + 2 * HOUR)
    stop(worker, case, INTERPRETER, NOON + 4 * HOUR)
    go_on(worker, case, UNREACHABLE, NOON + 6 * HOUR)
    screening.refresh_from_db()
    assert screening.paused_since == NOON + 4 * HOUR  # for the reason that still lasts

    go_on(worker, case, INTERPRETER, NOON + 8 * HOUR)
    screening.refresh_from_db()
    assert (screening.paused_since, screening.due_at) == (None, due + 6 * HOUR)


def test_only_clocks_that_name_the_reason_stand_still(case, worker, move, deadline_of):
    move("start_screening", "presume")

    stopped = stop(worker, case, INTERPRETER, NOON + HOUR)

    assert "assess_needs" in {step for one in stopped for step in one.steps}
    assert all(INTERPRETER in one.pauses for one in stopped)
    assert deadline_of("begin_recovery").paused_since is None


def test_a_clock_that_begins_while_the_reason_lasts_stands_still_from_the_first(
    case, worker, move, deadline_of
):
    stop(worker, case, UNREACHABLE, NOON)
    move("start_screening", at=NOON + HOUR)

    begun = deadline_of("presume")
    assert (begun.started_at, begun.paused_since) == (NOON, NOON)  # it counts from the first sign

    go_on(worker, case, UNREACHABLE, NOON + 2 * DAY)
    begun.refresh_from_db()
    assert begun.paused_since is None
    assert begun.due_at > begun.first_due_at


def test_what_is_late_already_is_not_stopped(case, worker, screening):
    late = screening.due_at + HOUR

    stop(worker, case, UNREACHABLE, late)

    screening.refresh_from_db()
    assert screening.paused_since is None
    assert screening.calls_at is not None


def test_the_recovery_period_stops_the_clocks_that_name_it_and_starts_them_again(
    case, move, deadline_of
):
    move("start_screening", "presume", "choose_return")
    gate = deadline_of("pass_gate")
    assert gate.paused_since is None

    move("begin_recovery", at=NOON + DAY)
    gate.refresh_from_db()
    assert gate.paused_since == NOON + DAY

    move("extend_recovery", at=NOON + 20 * DAY)
    gate.refresh_from_db()
    assert gate.paused_since == NOON + DAY

    move("waive_recovery", at=NOON + 31 * DAY)
    gate.refresh_from_db()
    assert gate.paused_since is None
    # Thirty days stood still, from noon to noon.
    assert gate.due_at - gate.first_due_at == 30 * DAY


@pytest.mark.parametrize(
    ("who", "may"),
    [("leads", None), ("answers", None), ("stranger", NothingToStop), ("no role", NotPermitted)],
)
def test_who_may_stop_a_clock(case, who, may):
    elsewhere = desk(Desk.Kind.CASEWORK)
    actor = {
        "leads": officer(case.desk_id),
        "answers": officer(case.identification_desk_id),
        "stranger": officer(elsewhere.pk),
        "no role": officer(case.desk_id, permissions=(Permission.CASE_READ,)),
    }[who]

    if may is None:
        assert stop(actor, case, UNREACHABLE, NOON)
    else:
        with pytest.raises(may):
            stop(actor, case, UNREACHABLE, NOON)
        assert not Pause.objects.exists()


def test_what_may_not_be_stopped_or_started(case, worker, move):
    with pytest.raises(NothingToStop):
        stop(worker, case, "recovery_period", NOON)  # nothing that runs names it
    move("start_screening", "presume", "choose_return", "begin_recovery")
    with pytest.raises(StopsByItself):
        stop(worker, case, "recovery_period", NOON)
    with pytest.raises(StopsByItself):
        go_on(worker, case, "recovery_period", NOON)
    stop(worker, case, UNREACHABLE, NOON)
    with pytest.raises(AlreadyStopped):
        stop(worker, case, UNREACHABLE, NOON)
    with pytest.raises(NotStopped):
        go_on(worker, case, INTERPRETER, NOON)
