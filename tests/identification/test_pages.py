"""The pages of a screening."""

import pytest
from django.urls import reverse

from himaya.identification.models import Screening
from himaya.packs.loader import current
from tests.factories import journey
from tests.factories.browsers import Browser, words_of

pytestmark = pytest.mark.slow  # a long series


def address(case, code="adult_labour"):
    """The page of the screening."""
    return reverse("identification:take", args=[Screening.objects.get(subject_id=case.pk).pk, code])


def typed(**changes):
    """An interview as a form sends it."""
    answers = journey.signs(current().instrument("adult_labour"), {"D4": {}, "D5": {}})
    form = {"informed": "on", "act_present": "on", "officer_view": "agree", "words": "CANARY"}
    return answers | form | {"version": "1"} | changes


def test_the_list_leads_to_the_interview_and_the_interview_to_the_decision(people, case):
    browser = Browser(people.identifier)
    assert case.pseudonym in words_of(browser.get(reverse("identification:index")))

    response = browser.post(address(case), typed())

    assert response["Location"] == reverse("cases:status", args=[case.pk])
    assert browser.get(address(case))["Location"] == reverse("cases:status", args=[case.pk])
    assert case.pseudonym not in words_of(browser.get(reverse("identification:index")))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"informed": ""}, "This field is required."),
        ({"version": "0"}, "A colleague changed this record"),
        ({"officer_view": "perhaps"}, "Select a valid choice"),
        ({"D4.01": "perhaps"}, "Select a valid choice"),
    ],
)
def test_a_form_with_a_fault_comes_back_whole(people, case, changes, sentence):
    response = Browser(people.identifier).post(address(case), typed(**changes))

    assert response.status_code == 422
    assert sentence in words_of(response)
    assert "CANARY" in response.content.decode()
    assert Screening.objects.get(subject_id=case.pk).state == "asked"


def test_an_interview_without_answers_is_refused_kindly(people, case):
    empty = {key: value for key, value in typed().items() if "." not in key}
    response = Browser(people.identifier).post(address(case), empty)

    assert response.status_code == 422
    assert "Nothing was answered yet." in words_of(response)


def test_the_person_who_interviews_need_not_unlock(people, case):
    locked = Browser(people.identifier, unlocked=False)

    assert locked.post(address(case), typed()).status_code == 302


def test_an_instrument_that_the_pack_does_not_have_is_not_found(people, case):
    assert Browser(people.identifier).get(address(case, "tarot")).status_code == 404
    assert Browser(people.identifier).get(address(case, "ilo_11")).status_code == 200
