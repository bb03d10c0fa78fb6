"""The pages of a screening."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse

from himaya.accounts.models import Certificate
from himaya.identification.models import Answer, Screening, Sitting
from tests.factories import journey
from tests.factories.browsers import Browser, words_of
from tests.factories.moments import NOON
from tests.factories.pdfs import Pdf
from tests.factories.people import seat

pytestmark = pytest.mark.slow  # a long series


def address(case, name):
    """A page of the screening."""
    return reverse(f"identification:{name}", args=[Screening.objects.get(subject_id=case.pk).pk])


def arranged(case, **changes):
    """How an interview is arranged, as a form sends it."""
    form = {
        "private": "on",
        "informed": "on",
        "interpreter": "not_needed",
        "wished": "none",
        "sex": "female",
        "company": "nobody",
        "basis": "estimate",
        "youngest": "25",
        "oldest": "35",
        "main": "adult_labour",
        "version": str(Screening.objects.get(subject_id=case.pk).version),
    }
    return form | changes


def told(case, act="keep", **changes):
    """Answers, as a form sends them."""
    form = {"D4.02": "yes", "D4.03": "yes", "D4.04": "yes", "D5.01": "yes", "D5.02": "yes"}
    version = str(Screening.objects.get(subject_id=case.pk).version)
    return form | {"words": "CANARY", "act": act, "version": version} | changes


def weighed(case, **changes):
    """What the officer finds, as a form sends it."""
    form = {
        "act": "recruitment",
        "means": "other_coercion",
        "purpose": "forced_labour",
        "child_then": "no",
        "officer_view": "agree",
        "version": str(Screening.objects.get(subject_id=case.pk).version),
    }
    return form | changes


def test_the_list_leads_through_the_interview_to_the_decision(people, case):
    browser = Browser(people.identifier)
    assert case.pseudonym in words_of(browser.get(reverse("identification:index")))
    assert browser.get(address(case, "interview"))["Location"] == address(case, "prepare")

    assert browser.post(address(case, "prepare"), arranged(case))["Location"] == address(
        case, "ask"
    )
    assert browser.get(address(case, "interview"))["Location"] == address(case, "ask")
    kept = browser.post(address(case, "ask"), told(case, "weigh"))
    assert kept["Location"] == address(case, "weigh")
    advice = words_of(browser.get(address(case, "weigh")))
    assert "The answers point to trafficking in persons." in advice
    assert "Shown by: Confiscation of documents" in advice
    done = browser.post(address(case, "weigh"), weighed(case))

    assert done["Location"] == reverse("cases:status", args=[case.pk])
    assert browser.get(address(case, "ask"))["Location"] == address(case, "interview")
    assert case.pseudonym not in words_of(browser.get(reverse("identification:index")))
    shown = words_of(browser.get(address(case, "result")))
    assert "by the Protocol this is trafficking" in shown
    assert "What was found has everything that a charge needs." in shown
    assert "In a safe and private place" in shown


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"informed": ""}, "nobody is interviewed"),
        ({"private": ""}, "Do not ask where others hear or see."),
        ({"interpreter": "present", "bound": "on"}, "The interpreter must have signed"),
        ({"wished": "male"}, "The person wished to speak with somebody else."),
        ({"interpreter": ""}, "This field is required."),
        ({"version": "0"}, "A colleague changed this record"),
        ({"basis": "date", "year": "1990", "month": "2", "day": "30"}, "There is no such day."),
        ({"basis": "date"}, "There is no such day."),
        ({"basis": "partial", "year": "2999"}, "A birth date cannot lie in the future."),
        ({"basis": "date", "year": "1890"}, "Nobody is older than 120 years."),
        ({"youngest": "40"}, "The youngest age cannot be above the oldest."),
        ({"youngest": "16"}, "may be, under 18"),
        ({"basis": "unknown"}, "may be, under 18"),
        ({"basis": "assessed"}, "Say what the people who assessed the age have found."),
        ({"main": "tarot"}, "Select a valid choice"),
        ({"main": "child_labour"}, "was not made for a person of this age"),
    ],
)
def test_what_must_not_be_or_cannot_be_is_said_in_one_sentence(people, case, changes, sentence):
    response = Browser(people.identifier).post(
        address(case, "prepare"), arranged(case, name="INTERPRETER", **changes)
    )

    assert response.status_code == 422
    assert sentence in words_of(response)
    assert "INTERPRETER" in response.content.decode()
    assert not Sitting.objects.exists()


def test_the_usual_set_follows_the_age(people, case):
    trained = seat("identification_officer", people.identifier.desk, trained=["child_interviewing"])
    child = arranged(case, main="", youngest="13", oldest="15")
    beside = {"company": "protection", "no_tie": "looked_into"}

    alone = Browser(trained).post(address(case, "prepare"), child)
    Browser(trained).post(address(case, "prepare"), child | beside)

    assert "is not heard alone" in words_of(alone)
    assert Screening.objects.get(subject_id=case.pk).instrument == "child_labour"


def test_sets_whose_lists_were_not_found_are_named_and_not_offered(people, case):
    page = Browser(people.identifier).get(address(case, "prepare"))

    assert "Not available here" in words_of(page)
    assert "Adult, sexual exploitation" in words_of(page)
    assert 'value="adult_sexual"' not in page.content.decode()
    assert 'value="unodc_sexual_exploitation"' in page.content.decode()


def test_partial_answers_are_kept_a_break_is_counted_and_stopping_is_always_there(people, case):
    browser = Browser(people.identifier)
    browser.post(address(case, "prepare"), arranged(case))

    assert browser.post(address(case, "ask"), told(case, "break"))["Location"] == address(
        case, "ask"
    )
    page = browser.get(address(case, "ask"))
    assert "CANARY" not in page.content.decode()
    assert Answer.objects.filter(value="yes").count() == 5
    assert Sitting.objects.get().breaks == 1
    stop = browser.post(address(case, "ask"), told(case, "stop"))["Location"]
    assert stop == address(case, "stop")
    version = str(Screening.objects.get(subject_id=case.pk).version)
    browser.post(stop, {"why": "distress", "words": "", "version": version})

    assert Sitting.objects.get().ended == "distress"
    assert "begun" in words_of(browser.get(reverse("identification:index")))
    again = words_of(browser.get(address(case, "prepare")))
    assert "For this screening somebody sat with them 1 time." in again


def test_two_who_edit_one_interview_see_both_versions(people, case):
    browser = Browser(people.identifier)
    browser.post(address(case, "prepare"), arranged(case))
    stale = told(case, **{"D4.02": "no"})
    browser.post(address(case, "ask"), told(case, **{"D1.01": "yes"}))

    response = browser.post(address(case, "ask"), stale)

    assert response.status_code == 422
    said = words_of(response)
    assert "A colleague changed this record" in said
    assert "Low or no salary differs No Yes" in said
    assert "Deceived about the nature of the job, location or employer differs" not in said
    assert "CANARY" in response.content.decode()
    now = str(Screening.objects.get(subject_id=case.pk).version)
    browser.post(address(case, "ask"), stale | {"version": now, "D1.01": "yes"})
    assert Answer.objects.get(indicator="D4.02").value == "no"


@pytest.mark.parametrize("name", ["ask", "stop", "weigh"])
def test_what_was_typed_while_a_colleague_stopped_is_not_lost(people, case, name):
    browser = Browser(people.identifier)
    browser.post(address(case, "prepare"), arranged(case))
    browser.post(address(case, "ask"), told(case))
    Sitting.objects.update(ended="time", ended_at=F("began_at"))

    sent = told(case, why="time") | weighed(case, doubts="CANARY")
    response = browser.post(address(case, name), sent)

    assert response.status_code == 422
    assert "No interview is under way." in words_of(response)
    assert "CANARY" in response.content.decode()


@pytest.mark.parametrize("name", ["ask", "weigh"])
def test_what_was_typed_while_a_colleague_finished_is_not_lost(people, case, name):
    browser = Browser(people.identifier)
    browser.post(address(case, "prepare"), arranged(case))
    browser.post(address(case, "ask"), told(case))
    mine = told(case) if name == "ask" else weighed(case, doubts="CANARY")
    browser.post(address(case, "weigh"), weighed(case))

    response = browser.post(address(case, name), mine)

    assert response.status_code == 422
    assert "This screening is already done." in words_of(response)
    assert "CANARY" in response.content.decode()


def test_an_interview_without_answers_is_refused_kindly(people, case):
    browser = Browser(people.identifier)
    browser.post(address(case, "prepare"), arranged(case))

    response = browser.post(address(case, "weigh"), weighed(case))

    assert response.status_code == 422
    assert "Nothing was answered yet." in words_of(response)


def test_what_nobody_arranged_is_neither_asked_nor_finished(people, case):
    browser = Browser(people.identifier)

    assert browser.get(address(case, "ask"))["Location"] == address(case, "interview")
    assert browser.get(address(case, "weigh"))["Location"] == address(case, "interview")
    assert browser.get(address(case, "stop"))["Location"] == address(case, "interview")


def test_the_person_who_interviews_need_not_unlock(people, case):
    locked = Browser(people.identifier, unlocked=False)

    assert locked.post(address(case, "prepare"), arranged(case)).status_code == 302
    assert locked.post(address(case, "ask"), told(case)).status_code == 302


def test_a_certificate_that_lapsed_is_said_to_be_the_reason(people, case):
    lapsed = seat("identification_officer", people.identifier.desk)
    yesterday = NOON.date() - timedelta(days=1)
    Certificate.objects.filter(officer=lapsed.officer).update(valid_until=yesterday)

    response = Browser(lapsed).get(address(case, "prepare"))

    assert response.status_code == 403
    assert "needs a valid training certificate" in words_of(response)


@pytest.mark.parametrize("name", ["prepare", "ask", "weigh"])
def test_the_pages_speak_arabic(people, case, name):
    browser = Browser(people.identifier, language="ar")
    browser.post(address(case, "prepare"), arranged(case))

    page = browser.get(address(case, name)).content.decode()

    assert 'dir="rtl"' in page
    assert case.pseudonym in page


def test_the_person_is_heard_once_more_for_a_reason(people, case):
    journey.screened(people, case)
    browser = Browser(people.worker)
    page = reverse("cases:screen_again", args=[case.pk])

    assert "Each telling costs the person strength." in words_of(browser.get(page))
    assert browser.post(page, {"why": ""}).status_code == 422
    assert browser.post(page, {"why": "new_facts"}).status_code == 302
    refused = browser.post(page, {"why": "new_facts"})

    assert refused.status_code == 422
    assert "waits already" in words_of(refused)
    waiting = words_of(Browser(people.identifier).get(reverse("identification:index")))
    assert "New facts are known" in waiting


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_form_is_printed_with_codes_and_nothing_that_is_sealed(people, case, language):
    browser = Browser(people.identifier, language=language)
    page = address(case, "paper")
    assert browser.post(page).status_code == 404  # not finished yet
    journey.screened(people, case, words="CANARY")

    printed = browser.post(page)

    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")
    said = Pdf(printed.content).words()
    assert case.pseudonym in said.replace(" ", "")
    assert "CANARY" not in said
    assert Browser(people.worker).post(page).status_code == 403
