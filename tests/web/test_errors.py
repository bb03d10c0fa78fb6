"""Refusals, failures and bugs as pages."""

from html import unescape
from unittest import mock

import pytest
import structlog
from django.db import InterfaceError, OperationalError
from django.test import Client

from himaya.kernel.errors import NotKnown, NotPermitted, Refusal, Stale
from himaya.reporting.public import steps
from himaya.vault.errors import KeyNotTrusted, Locked
from himaya.web.failures import broken
from himaya.web.staff import views
from tests.factories.officers import make_officer, signed_in

pytestmark = pytest.mark.django_db
CANARY = "canary words of a person"


@pytest.fixture
def client():
    return signed_in(make_officer(), raise_request_exception=False)


def page_when(client, raised: Exception, fields: dict[str, str] | None = None):
    """The page when something is raised behind it; a form when there are fields."""
    if fields is None:
        with mock.patch.object(views, "day_of", side_effect=raised):
            return client.get("/")
    with mock.patch("himaya.vault.views.operations.lock", side_effect=raised):
        return client.post("/lock", fields)


def words(response) -> str:
    return unescape(response.content.decode())


@pytest.mark.parametrize("refusal", [NotPermitted(), NotKnown(), Stale(), KeyNotTrusted()])
def test_a_refusal_is_a_page_with_its_status_its_sentence_and_a_way_on(client, refusal):
    page = page_when(client, refusal)

    assert page.status_code == refusal.status
    assert refusal.sentence() in words(page)
    assert '<a class="button primary" href="/">' in words(page)
    assert "My day" in words(page), "the frame is still the officer's"


def test_a_refusal_is_said_in_the_readers_language(client):
    client.post("/language", {"language": "ar"})

    page = page_when(client, NotKnown())

    assert 'lang="ar" dir="rtl"' in words(page)
    assert NotKnown().sentence() not in words(page)


def test_a_refused_form_keeps_what_was_typed_and_offers_to_send_it_again(client):
    page = words(page_when(client, KeyNotTrusted(), {"note": CANARY, "passphrase": "secret"}))

    assert f'name="note" value="{CANARY}"' in page
    assert "Send it again" in page
    assert "secret" not in page


def test_what_collided_is_shown_to_copy_but_not_sent_again(client):
    page = words(page_when(client, Stale(), {"note": CANARY}))

    assert CANARY in page
    assert "Send it again" not in page


def test_something_sealed_asks_to_unlock_and_returns_to_the_page(client):
    with mock.patch.object(views, "day_of", side_effect=Locked()):
        page = words(client.get("/?page=2"))

    assert 'action="/unlock"' in page
    assert 'name="next" value="/?page=2"' in page


def test_a_form_that_met_the_lock_takes_its_words_along(client):
    page = words(page_when(client, Locked(), {"note": CANARY}))

    assert 'name="next" value="/lock"' in page
    assert 'name="held" value="note=canary+words+of+a+person"' in page


def test_the_way_back_leads_to_the_page_that_the_form_was_on(client):
    def way(referer: str) -> str:
        with mock.patch("himaya.vault.views.operations.lock", side_effect=Stale()):
            page = client.post("/lock", headers={"referer": referer, "host": "testserver"})
        return words(page).split('button primary" href="')[1].split('"')[0]

    assert way("http://testserver/cases/") == "/cases/"
    assert way("https://elsewhere.example/cases/") == "/"
    assert way("") == "/"


def test_a_stale_form_keeps_the_words_when_this_site_made_it_and_not_otherwise():
    client = signed_in(make_officer(), enforce_csrf_checks=True)

    ours = client.post("/lock", {"note": CANARY}, headers={"sec-fetch-site": "same-origin"})
    forged = client.post("/lock", {"note": CANARY}, headers={"sec-fetch-site": "cross-site"})

    assert ours.status_code == forged.status_code == 403
    assert CANARY in words(ours)
    assert CANARY not in words(forged)


@pytest.mark.parametrize("failure", [OperationalError(CANARY), InterfaceError(CANARY)])
def test_when_the_database_is_silent_officers_are_told_that_nothing_was_saved(client, failure):
    page = page_when(client, failure)

    assert page.status_code == 503
    assert "Nothing from the last page was saved." in words(page)
    assert CANARY not in words(page)


def test_when_the_database_is_silent_reporters_get_the_number_and_no_thank_you(reporters_site):
    with mock.patch.object(steps, "render", side_effect=OperationalError):
        page = Client(raise_request_exception=False).get("/")

    assert page.status_code == 503
    assert page.headers["Retry-After"] == "60"
    assert "Nothing you wrote on the last page was stored." in words(page)
    assert 'href="tel:' in words(page)
    assert "<title>" in words(page)


def test_a_bug_shows_a_calm_page_and_a_code_and_logs_the_same_code_without_content(client):
    with structlog.testing.capture_logs() as logs:
        page = page_when(client, RuntimeError(CANARY), {"note": CANARY})

    (entry,) = logs
    assert page.status_code == 500
    assert entry["code"] in words(page)
    assert entry["kind"] == "RuntimeError"
    assert CANARY not in words(page)
    assert CANARY not in str(logs)


def test_the_same_bug_has_the_same_code_and_another_bug_another(client):
    def code(bug: Exception) -> str:
        with structlog.testing.capture_logs() as logs:
            page_when(client, bug)
        return logs[0]["code"]

    assert code(RuntimeError("one")) == code(RuntimeError("two"))
    assert code(RuntimeError("one")) != code(KeyError("one"))


def test_the_page_of_a_bug_needs_neither_session_nor_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert broken(mock.Mock(spec=[])).status_code == 500


def test_a_refusal_without_a_heading_of_its_own_still_has_one(client):
    class Odd(Refusal):
        code = "tests.odd"
        status = 422
        message = "Say it otherwise."

    assert "This could not be done" in words(page_when(client, Odd()))


def test_a_request_that_is_too_large_is_told_so(client):
    page = client.post("/unlock", {"note": "x" * 3_000_000})

    assert page.status_code == 413
    assert "send less at a time" in words(page)
