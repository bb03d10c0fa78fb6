"""Nobody takes a line off the list but by the act itself: the database sees to it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from himaya.cases.tracks import take_step
from himaya.clocks.models import Deadline
from himaya.clocks.operations.pausing import pause
from himaya.clocks.queries import by_desk, for_day, of_every_desk, running_of
from himaya.kernel.access import Actor, Permission
from tests.clocks.actors import officer
from tests.factories.catalogue import ask, refused
from tests.factories.moments import NOON
from tests.factories.offices import desk
from tests.factories.roles import as_officer, as_role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = timedelta(days=1)
EVERYTHING = tuple(Permission)


def impossible(statement):
    """True when the database refuses: no right to it, or no such change."""
    try:
        return refused(statement)
    except IntegrityError:
        return True


@pytest.fixture
def worker(case):
    return officer(case.desk_id, permissions=EVERYTHING)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM clocks_deadline",
        "TRUNCATE clocks_deadline",
        "DELETE FROM clocks_call",
        "UPDATE clocks_deadline SET ended_at = now()",
        "UPDATE clocks_deadline SET ended_at = now(), met_at = now(), calls_at = NULL",
        "UPDATE clocks_deadline SET due_at = due_at - interval '1 day'",
        "UPDATE clocks_deadline SET kind = 'chance'",
        "UPDATE clocks_deadline SET first_due_at = now() + interval '9 years'",
        "UPDATE clocks_deadline SET started_at = now() + interval '9 years'",
        "UPDATE clocks_deadline SET steps = '{x}'",
        "UPDATE clocks_deadline SET level = 9",
        "INSERT INTO clocks_call (id, deadline_id, level, told, at)"
        " SELECT gen_random_uuid(), id, 'near', '{desk}', now() FROM clocks_deadline",
    ],
)
def test_an_officer_changes_no_line_by_hand(case, worker, statement):
    with as_officer(worker):
        assert ask("SELECT count(*) FROM clocks_deadline")[0][0] > 0
        assert impossible(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM clocks_deadline",
        "UPDATE clocks_deadline SET ended_at = now(), calls_at = NULL",
        "UPDATE clocks_deadline SET due_at = due_at - interval '1 day'",
        "UPDATE clocks_deadline SET desk_id = lead_id",
    ],
)
def test_nor_does_the_worker(case, statement):
    with as_role("worker"):
        assert impossible(statement)


def test_the_act_itself_ends_it(case, worker):
    with as_officer(identifier(case)):
        take_step(
            step_id="start_screening",
            case_id=case.pk,
            actor=identifier(case),
            held=("certified", "informed"),
            at=NOON,
        )

    assert Deadline.objects.get(steps=["start_screening"]).met_at == NOON


def identifier(case):
    return Actor(
        kind="officer",
        name="identification_officer",
        officer_id=case.pk,
        roles=frozenset({"identification_officer"}),
        desk_ids=frozenset({case.identification_desk_id}),
    )


def test_what_has_ended_stays_so(case, move, worker):
    move("start_screening")

    with as_officer(worker):
        assert impossible("UPDATE clocks_deadline SET ended_at = NULL, met_at = NULL")


@pytest.mark.parametrize(("who", "sees"), [("leads", True), ("answers", True), ("stranger", False)])
def test_who_sees_the_deadlines_of_a_case(case, move, who, sees):
    at = {
        "leads": case.desk_id,
        "answers": case.identification_desk_id,
        "stranger": desk().pk,
    }[who]
    with as_officer(officer(at, permissions=EVERYTHING)):
        assert running_of(case.pk).exists() is sees


def test_a_desk_that_was_asked_sees_the_line_that_waits_for_it_and_no_other(case, move):
    shelter = desk()
    move("request_shelter", referred_to=shelter)

    with as_officer(officer(shelter.pk, permissions=EVERYTHING)):
        assert [one.track for one in running_of(case.pk)] == ["shelter"]


def test_an_officer_stops_and_starts_clocks_with_their_own_rights(case, worker):
    with as_officer(worker):
        stopped = pause(actor=worker, case_id=case.pk, reason="person_unreachable", at=NOON)

    assert [one.steps for one in stopped] == [["start_screening"]]


def test_the_committee_gets_numbers_of_every_desk_and_no_line(case):
    Deadline.objects.update(
        first_due_at=NOON - 9 * DAY, due_at=NOON - 9 * DAY, started_at=NOON - 10 * DAY
    )
    committee = officer(desk().pk, permissions=(Permission.FIGURES_READ,))
    stranger = officer(desk().pk, permissions=(Permission.CASE_READ,))

    with as_officer(committee):
        numbers = {one.desk_id: (one.running, one.overdue) for one in of_every_desk()}
        assert ask("SELECT count(*) FROM clocks_deadline") == [(0,)]
    with as_officer(stranger):
        assert of_every_desk() == []

    assert numbers == {case.desk_id: (2, 2), case.identification_desk_id: (1, 1)}


def test_a_supervisor_gets_the_numbers_of_their_own_desks(case):
    supervisor = officer(case.identification_desk_id, permissions=(Permission.ACCESS_SUPERVISE,))

    with as_officer(supervisor):
        found = by_desk(supervisor, NOON + 9 * DAY)

    assert [(one.running, one.overdue) for one in found] == [(1, 1)]


def test_the_day_of_an_officer_says_how_many_are_overdue_and_since_when(case, worker):
    assert for_day(worker, NOON) is None

    found = for_day(worker, NOON + 30 * DAY)

    assert (found.overdue, found.since, found.more) == (2, NOON + DAY, False)
