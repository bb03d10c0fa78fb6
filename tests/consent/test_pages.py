"""The pages of consent."""

import pytest
from django.urls import reverse

from himaya.consent.models import Consent
from tests.factories import journey
from tests.factories.browsers import Browser, words_of

pytestmark = pytest.mark.slow  # a long series


def typed(people, **changes):
    """A consent as a form sends it."""
    return {
        "recipient": people.shelter.desk.pk,
        "purpose": "shelter",
        "kinds": ["identity", "needs"],
        "language": "fil",
        "method": "spoken",
        "days": "30",
    } | changes


def test_a_consent_is_recorded_and_told_in_a_sentence(people, case):
    browser = Browser(people.worker, unlocked=False)
    response = browser.post(reverse("consent:give", args=[case.pk]), typed(people))

    assert response.status_code == 302
    page = words_of(browser.get(reverse("pathway:case", args=[case.pk])))
    assert "Desk pam_shelter_women may see: Name and documents, Needs and wishes." in page
    assert "without interpreter" in page


def test_what_may_never_go_there_is_refused_and_the_rest_kept(people, case):
    where = reverse("consent:give", args=[case.pk])
    response = Browser(people.worker).post(where, typed(people, kinds=["needs", "legal"]))

    assert response.status_code == 422
    assert "This part of the file may never go to that kind of desk." in words_of(response)
    assert response.content.decode().count("checked") >= 4
    assert not Consent.objects.exists()


def test_a_consent_without_end_or_for_ever_is_refused(people, case):
    where = reverse("consent:give", args=[case.pk])

    for days in ("", "0", "-3", "366", "many"):
        assert Browser(people.worker).post(where, typed(people, days=days)).status_code == 422
    assert not Consent.objects.exists()


def test_the_person_withdraws_by_one_button(people, case):
    consent = journey.consented(people, case)
    where = reverse("consent:withdraw", args=[case.pk, consent.pk])
    browser = Browser(people.worker, unlocked=False)
    assert where in browser.get(reverse("pathway:case", args=[case.pk])).content.decode()

    assert browser.post(where).status_code == 302

    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    assert browser.post(where).status_code == 409
    assert Browser(people.stranger).post(where).status_code == 404
    assert Browser(people.shelter).post(where).status_code == 403
