"""The pages of consent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from himaya.accounts.models import TwoPersonAct
from himaya.audit.models import Pending
from himaya.cases.models import Case
from himaya.consent.models import Consent, Telling
from himaya.vault.models import Compartment, Sealed
from tests.factories import journey
from tests.factories.browsers import Browser, words_of
from tests.factories.pdfs import Pdf
from tests.factories.people import seat
from tests.factories.signed import make_fresh

pytestmark = pytest.mark.slow  # a long series

ADULT = {"band": "adult", "given_by": "person", "method": "spoken", "informed": "on"}


@pytest.fixture
def adult(case):
    """A case of somebody who is of age."""
    Case.objects.filter(pk=case.pk).update(child="no", language="ar")
    case.refresh_from_db()
    return case


def typed(people, **changes):
    """A question as a form sends it."""
    return {
        "recipient": people.shelter.desk.pk,
        "purpose": "shelter",
        "kinds": ["identity", "needs"],
        "language": "ar",
        "days": "30",
    } | changes


def at(page, consent):
    """The address of a page of one consent."""
    return reverse(f"consent:{page}", args=[consent.case_id, consent.pk])


def asked(people, case, **changes):
    """The consent that a filled form has asked for."""
    Browser(people.worker).post(reverse("consent:ask", args=[case.pk]), typed(people, **changes))
    return Consent.objects.latest("asked_at")


def test_asked_answered_and_told_in_sentences_in_both_languages(people, adult):
    browser = Browser(people.worker, unlocked=False)
    response = browser.post(reverse("consent:ask", args=[adult.pk]), typed(people))
    consent = Consent.objects.get()
    assert response.headers["Location"] == at("show", consent)

    page = browser.get(at("show", consent))
    words = words_of(page)
    assert "You can stop this at any time; what they have read cannot be unread." in words
    assert 'lang="ar" dir="rtl"' in page.content.decode()
    assert page.content.decode().count("<li>") >= 14  # seven points, twice
    assert browser.post(at("grant", consent), ADULT).status_code == 302

    page = words_of(browser.get(reverse("pathway:case", args=[adult.pk])))
    assert "may see: Name and documents, Needs and wishes." in page
    assert "The person: Said aloud" in page


def test_a_language_without_a_catalogue_falls_back_with_a_mark(people, adult):
    consent = asked(people, adult, language="hi")

    page = Browser(people.worker).get(at("show", consent))

    assert "Not translated into the person's language yet" in words_of(page)


def test_what_may_never_go_there_is_refused_and_the_rest_kept(people, case):
    where = reverse("consent:ask", args=[case.pk])
    response = Browser(people.worker).post(where, typed(people, kinds=["needs", "legal"]))

    assert response.status_code == 422
    assert "This part of the file may never go to that kind of desk." in words_of(response)
    assert response.content.decode().count("checked") >= 3
    assert not Consent.objects.exists()


def test_a_consent_without_end_or_for_ever_is_refused(people, case):
    where = reverse("consent:ask", args=[case.pk])

    for days in ("", "0", "-3", "366", "many"):
        assert Browser(people.worker).post(where, typed(people, days=days)).status_code == 422
    assert not Consent.objects.exists()


def test_an_answer_that_is_refused_keeps_what_was_typed(people, adult):
    consent = asked(people, adult)
    half = ADULT | {"interpreter": "the lady of the second floor"}

    response = Browser(people.worker).post(at("grant", consent), half)

    assert response.status_code == 422
    assert "This interpreter cannot take part" in words_of(response)
    assert "the lady of the second floor" in response.content.decode()
    assert Consent.objects.get().state == "asked"


def test_a_no_is_one_button(people, adult):
    consent = asked(people, adult)
    browser = Browser(people.worker)

    assert browser.post(at("refuse", consent)).status_code == 302

    assert "Refused" in words_of(browser.get(at("show", consent)))
    assert browser.post(at("refuse", consent)).status_code == 409


def test_the_person_withdraws_by_one_button(people, case):
    consent = journey.consented(people, case)
    where = at("withdraw", consent)
    browser = Browser(people.worker, unlocked=False)
    assert where in browser.get(reverse("pathway:case", args=[case.pk])).content.decode()

    assert browser.post(where).status_code == 302

    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    assert browser.post(where).status_code == 409
    assert Browser(people.stranger).post(where).status_code == 404
    assert Browser(people.shelter).post(where).status_code == 403


def test_it_is_asked_for_again_before_its_end(people, case):
    consent = journey.consented(people, case)
    browser = Browser(people.worker)
    assert at("renew", consent) in browser.get(at("show", consent)).content.decode()
    form = {"kinds": ["needs"], "language": "fil", "days": "60"}

    assert browser.get(at("renew", consent)).status_code == 200
    assert browser.post(at("renew", consent), form).status_code == 302

    later = Consent.objects.get(follows=consent)
    assert (later.recipient, later.kinds, later.state) == (consent.recipient, ["needs"], "asked")


def test_a_paper_to_sign_in_both_languages_and_its_making_is_on_record(people, adult):
    consent = asked(people, adult)

    response = Browser(people.worker).post(at("paper", consent))

    made = Pdf(response.content)
    assert response.headers["Content-Disposition"] == 'attachment; filename="paper.pdf"'
    assert (made.language(), made.is_accessible()) == ("ar", True)
    assert "en" in made.languages()
    words = "".join(made.words().split())
    assert "Youcanstopthisatanytime" in words
    assert adult.pseudonym in words
    entry = Pending.objects.get(act="consent.paper_made")
    assert str(consent.pk) in entry.facts


def test_the_signed_copy_is_sealed_and_opened_again(people, case):
    consent = journey.consented(people, case)
    scan = b"%PDF-1.7 the signed paper"
    browser = Browser(people.worker)

    sent = browser.post(
        at("keep_signed_copy", consent), {"scan": SimpleUploadedFile("her name.pdf", scan)}
    )
    assert sent.status_code == 302

    consent.refresh_from_db()
    assert consent.signed_copy_at is not None
    kept = Sealed.objects.get(name="scan")
    assert kept.compartment.kind == Compartment.Kind.CONSENT
    assert b"signed paper" not in bytes(kept.content)
    opened = browser.post(at("signed_copy", consent), {"reason": "own_work"})
    assert (opened.status_code, opened.content) == (200, scan)
    room = reverse("cases:read", args=[case.pk, kept.compartment_id])
    assert browser.post(room, {"reason": "own_work"}).status_code == 200


@pytest.mark.parametrize("scan", [b"MZ a program", b"", b"<html>"])
def test_what_is_no_scan_is_refused(people, case, scan):
    consent = journey.consented(people, case)
    file = SimpleUploadedFile("paper.pdf", scan)

    response = Browser(people.worker).post(at("keep_signed_copy", consent), {"scan": file})

    assert response.status_code == 422
    assert not Sealed.objects.filter(name="scan").exists()


def fresh(seat):
    """Their browser, a moment after their second factor."""
    browser = Browser(seat)
    make_fresh(browser._client)
    return browser


def test_sharing_by_law_from_the_question_to_telling_the_person(people, adult):
    browser = fresh(people.worker)
    form = typed(
        people, days="7", basis="danger_to_life", against="yes", reason="danger", words="w"
    )

    assert browser.post(reverse("consent:ask_override", args=[adult.pk]), form).status_code == 302
    consent = Consent.objects.get()
    assert "has not decided yet" in words_of(browser.get(at("show", consent)))
    assert browser.post(at("override", consent)).status_code in {403, 409}

    supervisor = fresh(seat("desk_supervisor", people.shelter.desk))
    seen = supervisor.get(reverse("consent:asked_of_two", args=[consent.pk]))
    assert "Against the person's word, on this ground: A life is in danger now." in words_of(seen)
    request = TwoPersonAct.objects.get()
    assert supervisor.post(reverse("two_person:approve", args=[request.pk])).status_code == 302

    assert browser.post(at("override", consent)).status_code == 302
    assert "Holds by law" in words_of(browser.get(at("show", consent)))
    late = {"how": "", "why_not": "danger", "days": ""}
    assert browser.post(at("tell", consent), late).status_code == 422
    assert browser.post(at("tell", consent), late | {"days": "3"}).status_code == 302
    assert "Not told on" in words_of(browser.get(at("show", consent)))
    assert Telling.objects.count() == 1


def test_a_stranger_finds_no_page_of_it(people, case):
    consent = journey.consented(people, case)
    stranger = Browser(people.stranger)

    for page in ("show", "renew"):
        assert stranger.get(at(page, consent)).status_code == 404
    for page in ("grant", "refuse", "withdraw", "paper", "keep_signed_copy", "signed_copy", "tell"):
        assert stranger.post(at(page, consent), ADULT | {"reason": "own_work"}).status_code == 404
