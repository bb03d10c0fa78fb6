"""A case that has ended goes on, with a reason."""

import pytest

from himaya.cases.errors import CaseIsClosed
from himaya.cases.models import Case
from himaya.clocks.models import Deadline
from himaya.identification.models import Screening
from himaya.kernel.errors import NotKnown
from himaya.pathway.errors import NoReason, NotEnded
from himaya.pathway.operations.reopening import reopen
from tests.factories.journey import LATER
from tests.factories.ledger import acts
from tests.pathway.test_closing import ask, closure_stands, decide

pytestmark = pytest.mark.slow


def opened_again(seat, case, why="came_back"):
    with seat.works():
        return reopen(
            actor=seat.actor, case_id=case.pk, why=why, words="She is at the door.", at=LATER
        )


@pytest.fixture
def ended(people, case):
    ask(people.worker, case)
    decide(people.colleague, case)
    return case


def test_the_person_comes_back(people, ended):
    assert not Deadline.objects.running().filter(case_id=ended.pk).exists()

    opened_again(people.worker, ended)

    ended.refresh_from_db()
    assert (ended.state, ended.outcome, ended.closed_at) == ("open", "", None)
    assert closure_stands(ended) == "open"
    assert Deadline.objects.running().filter(case_id=ended.pk).exists()
    assert "case.reopened" in acts()


def test_a_screening_that_ended_with_it_unmade_is_asked_for_again(people, case):
    ask(people.worker, case)
    decide(people.colleague, case)
    screenings = Screening.objects.filter(subject_id=case.pk).values_list("state", flat=True)
    assert list(screenings) == ["ended"]

    opened_again(people.worker, case)

    assert sorted(screenings.all()) == ["asked", "ended"]


def test_without_a_reason_it_stays_ended(people, ended):
    with pytest.raises(NoReason):
        opened_again(people.worker, ended, why="")

    assert Case.objects.get(pk=ended.pk).state == "closed"


def test_an_open_case_is_not_opened(people, case):
    with pytest.raises(NotEnded):
        opened_again(people.worker, case)


def test_another_desk_knows_nothing_of_it(people, ended):
    with pytest.raises((NotKnown, CaseIsClosed)):
        opened_again(people.shelter, ended)


def test_the_page_asks_why_and_keeps_what_was_typed(people, ended):
    browser = people.worker.browser()
    assert "Open the case again" in browser.get(f"/cases/{ended.pk}/").content.decode()

    response = browser.post(f"/cases/{ended.pk}/reopen", {"words": "She called."})
    assert response.status_code == 422
    assert "She called." in response.content.decode()

    told = {"why": "new_facts", "words": "She called."}
    assert browser.post(f"/cases/{ended.pk}/reopen", told).status_code == 302
