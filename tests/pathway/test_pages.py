"""The page of a case, its end, and who looked."""

import pytest
from django.urls import reverse

from himaya.audit.sequencer import number_pending
from himaya.cases.models import Case, Closure
from himaya.cases.operations import file
from himaya.vault.models import Compartment
from tests.factories import journey
from tests.factories.browsers import Browser, words_of
from tests.factories.moments import NOON

pytestmark = pytest.mark.slow  # a long series


def at(case, name):
    """One of the case's addresses."""
    return reverse(name, args=[case.pk])


def numbered():
    """The worker has numbered every act."""
    while number_pending():
        pass


@pytest.fixture
def opened_part(people, case):
    """The worker's desk has read the interview, the identification desk too."""
    journey.screened(people, case)
    part = Compartment.objects.get(subject_id=case.pk, kind="screening")
    for person in (people.worker, people.identifier):
        with person.works():
            file.read(
                actor=person.actor,
                keyring=person.keyring,
                case_id=case.pk,
                compartment_id=part.pk,
                purpose="casework",
                at=NOON,
                reason="own_work",
            )
    numbered()
    return part


def test_the_timeline_shows_the_journey_and_no_reading(people, case, opened_part):
    page = words_of(Browser(people.worker).get(at(case, "pathway:case")))

    assert "The report came in" in page
    assert "The case was opened" in page
    assert "The person was screened" in page
    assert "A sealed part was opened" not in page


def test_a_part_says_who_of_ones_own_desk_opened_it_last(people, case, opened_part):
    for who, office in [("worker", "Case worker"), ("identifier", "Identification officer")]:
        page = words_of(Browser(getattr(people, who)).get(at(case, "pathway:case")))
        assert f"Last opened by {office}" in page


def test_the_data_protection_officer_sees_every_read_and_no_case(people, case, opened_part):
    browser = Browser(people.overseer)
    looked = words_of(browser.get(reverse("pathway:looked")))
    assert "Case worker" in looked
    assert "Identification officer" in looked
    assert "What the person said in the interview · to work on the case" in looked

    one = words_of(browser.get(reverse("pathway:subject", args=[case.pk])))
    assert one.count("A sealed part was opened") == 2
    assert "The case was opened" in one
    assert case.pseudonym not in one
    assert browser.get(at(case, "pathway:case")).status_code == 403


def test_only_parts_that_hold_something_and_can_be_opened_are_listed(people, case):
    worker = words_of(Browser(people.worker).get(at(case, "pathway:case")))
    identifier = words_of(Browser(people.identifier).get(at(case, "pathway:case")))

    assert "What was reported" in worker
    assert "What was reported" not in identifier
    assert "Name and documents" not in worker


def test_the_end_of_a_case_is_asked_for_on_one_page_and_confirmed_on_the_same(people, case):
    worker, colleague = Browser(people.worker), Browser(people.colleague)
    typed = {"outcome": "lost_contact", "informed": "on"}
    assert worker.post(at(case, "pathway:close"), typed).status_code == 302

    assert "A closure waits for a colleague." in words_of(worker.get(at(case, "pathway:case")))
    assert "A colleague of your desk must confirm it." in words_of(
        worker.get(at(case, "pathway:close"))
    )
    own = worker.post(at(case, "pathway:decide_closure"), {"decision": "confirm"})
    assert own.status_code == 409
    assert "A colleague asks to end this case." in words_of(
        colleague.get(at(case, "pathway:close"))
    )
    confirmed = colleague.post(at(case, "pathway:decide_closure"), {"decision": "confirm"})
    assert confirmed.status_code == 302
    assert Case.objects.get(pk=case.pk).state == "closed"
    listed = words_of(worker.get(reverse("cases:index") + "?list=closed"))
    assert "Contact was lost" in listed


def test_a_colleague_keeps_the_case_open_with_a_reason(people, case):
    Browser(people.worker).post(
        at(case, "pathway:close"), {"outcome": "withdrew", "informed": "on"}
    )
    colleague = Browser(people.colleague)
    without = colleague.post(at(case, "pathway:decide_closure"), {"decision": "refuse"})
    assert without.status_code == 422
    assert "Why the case stays open: This field is required." in words_of(without)

    typed = {"decision": "refuse", "why": "not_told"}
    assert colleague.post(at(case, "pathway:decide_closure"), typed).status_code == 302
    assert Closure.objects.get(case=case).why == "not_told"


def test_what_is_still_live_is_said_before_the_end_can_be_asked_for(people, served):
    browser = Browser(people.worker)
    page = browser.get(at(served.case, "pathway:close"))

    assert "1 referral is still live" in words_of(page)
    assert "1 consent still holds" in words_of(page)
    assert "The person awaits or holds a place in a shelter" in words_of(page)
    assert 'name="outcome"' not in page.content.decode()
    refused = browser.post(
        at(served.case, "pathway:close"), {"outcome": "withdrew", "informed": "on"}
    )
    assert refused.status_code == 422


def test_a_form_that_says_nothing_comes_back(people, case):
    response = Browser(people.worker).post(at(case, "pathway:close"), {"outcome": "withdrew"})

    assert response.status_code == 422
    assert 'value="withdrew"' in response.content.decode()
    assert not Closure.objects.filter(case=case).exists()
