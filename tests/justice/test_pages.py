"""The prosecution's pages."""

import pytest
from django.urls import reverse

from himaya.justice.models import Lawsuit
from tests.factories import journey
from tests.factories.browsers import Browser, words_of


@pytest.fixture
def taken_up(people, case):
    referral = journey.sent(people, journey.drafted(people, case))
    journey.acknowledged(people.prosecutor, referral)
    return journey.accepted(people.prosecutor, referral, ())


def test_a_lawsuit_is_recorded_and_shown_without_its_words(people, taken_up):
    where = reverse("justice:lawsuit", args=[taken_up.pk])
    browser = Browser(people.prosecutor, unlocked=False)
    response = browser.post(where, {"offences": ["trafficking"], "words": "CANARY-FILE"})

    assert response["Location"] == where
    page = browser.get(where)
    assert "Trafficking in persons" in words_of(page)
    assert "CANARY" not in page.content.decode()
    case_page = Browser(people.worker).get(reverse("pathway:case", args=[taken_up.case_id]))
    assert "Lawsuit opened" in words_of(case_page)
    assert Browser(people.worker).get(where).status_code == 403


@pytest.mark.parametrize(
    "typed", [{"words": "CANARY"}, {"offences": ["murder"], "words": "CANARY"}]
)
def test_a_lawsuit_with_a_fault_comes_back_whole(people, taken_up, typed):
    where = reverse("justice:lawsuit", args=[taken_up.pk])
    response = Browser(people.prosecutor).post(where, typed)

    assert response.status_code == 422
    assert "CANARY" in response.content.decode()
    assert not Lawsuit.objects.exists()


def test_a_referral_of_another_desk_is_not_found(people, served):
    where = reverse("justice:lawsuit", args=[served.pk])

    assert Browser(people.prosecutor).get(where).status_code == 404
    assert Browser(people.shelter).get(where).status_code == 403
