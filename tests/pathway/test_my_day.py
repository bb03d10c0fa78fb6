"""What a person's way puts on whose day, and that it goes when it is done."""

import pytest
from django.urls import reverse

from himaya.cases.models import Case
from himaya.pathway.operations.closing import ask_closure, decide_closure
from himaya.referrals.operations import answering, showing
from tests.factories import journey
from tests.factories.browsers import MOST_QUERIES, Browser, words_of
from tests.factories.journey import LATER
from tests.factories.people import seat

pytestmark = pytest.mark.slow  # a long series

EVERYBODY = (
    "intake",
    "identifier",
    "worker",
    "colleague",
    "stranger",
    "shelter",
    "other_shelter",
    "prosecutor",
    "overseer",
)


def days_with(people, words):
    """Whose day has a line with these words."""
    found = set()
    for who in EVERYBODY:
        browser = Browser(getattr(people, who))
        page = browser.get("/")
        assert len(browser.queries) <= MOST_QUERIES, browser.queries
        if words in words_of(page):
            found.add(who)
    return found


@pytest.fixture
def asked(people, case):
    """A referral that the shelter has seen."""
    journey.noted(people, case, journey.Compartment.Kind.NEEDS, "words")
    consent = journey.consented(people, case, kinds=["needs"])
    referral = journey.sent(people, journey.drafted(people, case, consent))
    return journey.acknowledged(people.shelter, referral)


def test_a_screening_waits_for_the_identification_desk_and_then_the_decision(people, case):
    assert days_with(people, "Screen a person") == {"identifier"}
    assert days_with(people, "Decide the status") == set()

    journey.screened(people, case)
    assert days_with(people, "Screen a person") == set()
    assert days_with(people, "Decide the status") == {"identifier"}

    journey.presumed(people, case, presumed=False)
    assert days_with(people, "Decide the status") == set()


def test_a_decision_waits_no_longer_when_the_case_has_ended(people, case):
    journey.screened(people, case)
    Case.objects.filter(pk=case.pk).update(state="closed", outcome="withdrew", closed_at=LATER)

    assert days_with(people, "Decide the status") == set()


def test_a_referral_waits_for_the_desk_that_was_asked(people, asked):
    assert days_with(people, "Answer a referral") == {"shelter"}

    journey.accepted(people.shelter, asked)
    assert days_with(people, "Answer a referral") == set()
    assert days_with(people, "Read how a referral ended") == set()


@pytest.mark.parametrize("end", ["declined", "completed"])
def test_an_answer_waits_for_the_desk_that_asked_until_somebody_there_reads_it(people, asked, end):
    if end == "declined":
        line = "Find another way"
        with people.shelter.works():
            answering.decline(
                actor=people.shelter.actor,
                referral_id=asked.pk,
                reason="no_place",
                words="words",
                at=LATER,
            )
    else:
        line = "Read how a referral ended"
        journey.accepted(people.shelter, asked)
        journey.completed(people.shelter, asked)
    assert days_with(people, line) == {"worker", "colleague"}

    with people.colleague.works():
        showing.read(
            actor=people.colleague.actor,
            keyring=people.colleague.keyring,
            referral_id=asked.pk,
            at=LATER,
            reason="own_work",
        )

    assert days_with(people, line) == set()
    asked.refresh_from_db()
    assert asked.answer_read_at == LATER


def test_a_closure_waits_for_every_colleague_but_the_one_who_asked(people, case):
    with people.worker.works():
        ask_closure(
            actor=people.worker.actor,
            case_id=case.pk,
            outcome=Case.Outcome.WITHDREW,
            informed=True,
            at=LATER,
        )
    assert days_with(people, "Decide whether a case ends") == {"colleague"}

    newcomer = Browser(seat("case_worker", people.worker.desk)).get("/")
    assert case.pseudonym in words_of(newcomer)
    assert reverse("pathway:close", args=[case.pk]) in newcomer.content.decode()
    with people.colleague.works():
        decide_closure(actor=people.colleague.actor, case_id=case.pk, confirm=True, at=LATER)
    assert days_with(people, "Decide whether a case ends") == set()


def test_every_line_leads_to_a_page_that_opens(people, asked):
    other = journey.opened(people)
    journey.screened(people, other)
    for who in ("identifier", "shelter"):
        browser = Browser(getattr(people, who))
        page = browser.get("/").content.decode()
        links = [part.split('"')[0] for part in page.split('class="row-link" href="')[1:]]
        assert links
        assert [browser.get(link).status_code for link in links] == [200] * len(links)
