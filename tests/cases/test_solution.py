"""The solution belongs to the person; return stays shut without the gate."""

import pytest

from himaya.cases.errors import ConditionMissing, GateShut
from himaya.cases.operations.solution import choose_solution
from himaya.kernel.errors import NotKnown
from tests.factories.cases import tracks_of
from tests.factories.moments import NOON

FREELY = {"person_chose", "informed"}


def choose(person, case, solution, declared=FREELY):
    """This case worker records a choice."""
    case.refresh_from_db()
    with person.works():
        choose_solution(
            actor=person.actor,
            case_id=case.pk,
            solution=solution,
            declared=declared,
            version=case.version,
            at=NOON,
        )


def chosen(case):
    """What was chosen, and where the track stands."""
    case.refresh_from_db()
    return case.solution, tracks_of(case)["solution"].state


@pytest.mark.parametrize(
    ("solution", "state"), [("stay", "staying"), ("new_employer", "new_employer")]
)
def test_a_free_and_informed_choice_is_recorded(people, case, solution, state):
    choose(people.worker, case, solution)

    assert chosen(case) == (solution, state)


@pytest.mark.parametrize("solution", ["return", "third_country"])
@pytest.mark.parametrize("declared", [FREELY, FREELY | {"in_writing", "gate_passed"}])
def test_no_declaration_opens_the_gate(people, case, solution, declared):
    with pytest.raises(GateShut):
        choose(people.worker, case, solution, declared)
    assert chosen(case) == ("", "undecided")


@pytest.mark.parametrize("declared", [set(), {"informed"}, {"person_chose"}, {"place_held"}])
def test_a_choice_that_was_not_free_or_not_informed_is_not_recorded(people, case, declared):
    with pytest.raises(ConditionMissing):
        choose(people.worker, case, "stay", declared)
    assert chosen(case) == ("", "undecided")


def test_the_person_may_change_their_mind(people, case):
    choose(people.worker, case, "stay")
    choose(people.worker, case, "new_employer")
    assert chosen(case) == ("new_employer", "new_employer")

    choose(people.worker, case, "stay")
    assert chosen(case) == ("stay", "staying")


def test_a_stranger_records_no_choice(people, case):
    with pytest.raises(NotKnown):
        choose(people.stranger, case, "stay")
