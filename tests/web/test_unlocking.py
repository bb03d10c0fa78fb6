"""Unlocking the officer's key, and what happens to words typed while it was locked."""

from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client

from himaya.vault.keyring import COOKIE
from himaya.vault.models import Unlock
from tests.factories.officers import UNLOCKING, give_key, make_officer, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def officer():
    cache.clear()
    officer = make_officer()
    give_key(officer)
    return officer


def test_the_passphrase_unlocks_for_half_an_hour_in_this_browser(officer):
    client = signed_in(officer)

    done = client.post("/unlock", {"passphrase": UNLOCKING, "next": "/cases/?page=2"})

    cookie = done.cookies[COOKIE]
    assert done.headers["Location"] == "/cases/?page=2"
    assert (cookie["max-age"], cookie["path"], cookie["samesite"]) == (1800, "/", "Strict")
    assert cookie["secure"] is True
    assert cookie["httponly"] is True
    assert "Unlocked" in client.get("/").content.decode()
    assert "Locked" in signed_in(officer).get("/").content.decode(), "another browser is not"


def test_a_wrong_passphrase_is_told_beside_the_field_and_loses_nothing(officer):
    client = signed_in(officer)
    fields = {"passphrase": "wrong", "next": "/cases/", "held": "note=long+words"}

    page = client.post("/unlock", fields)

    text = unescape(page.content.decode())
    assert page.status_code == 422
    assert "That passphrase does not open your key." in text
    assert 'name="next" value="/cases/"' in text
    assert 'name="held" value="note=long+words"' in text
    assert COOKIE not in page.cookies


def test_an_officer_without_a_key_is_told_who_can_help():
    page = signed_in(make_officer()).post("/unlock", {"passphrase": UNLOCKING})

    assert "A colleague of the desk can admit you." in page.content.decode()


def test_words_typed_while_locked_come_back_to_be_sent(officer):
    fields = {"passphrase": UNLOCKING, "next": "/cases/", "held": "note=long+words&note=more"}

    page = signed_in(officer).post("/unlock", fields).content.decode()

    assert 'action="/cases/"' in page
    assert 'name="note" value="long words"' in page
    assert 'name="note" value="more"' in page


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/\\e"],
)
def test_unlocking_leads_back_to_a_page_of_this_site_only(officer, elsewhere):
    done = signed_in(officer).post("/unlock", {"passphrase": UNLOCKING, "next": elsewhere})

    assert done.headers["Location"] == "/"


def test_tries_are_limited(officer):
    client = signed_in(officer)
    for _ in range(10):
        assert client.post("/unlock", {"passphrase": "guess"}).status_code == 422

    assert client.post("/unlock", {"passphrase": UNLOCKING}).status_code == 429
    assert not Unlock.objects.exists()


def test_locking_forgets_the_key_in_every_browser(officer):
    here, there = signed_in(officer), signed_in(officer)
    here.post("/unlock", {"passphrase": UNLOCKING})
    there.post("/unlock", {"passphrase": UNLOCKING})

    here.post("/lock")

    assert "Locked" in here.get("/").content.decode()
    assert "Locked" in there.get("/").content.decode()


def test_unlocking_asks_for_a_form_of_this_site(officer):
    client = signed_in(officer, enforce_csrf_checks=True)

    assert client.post("/unlock", {"passphrase": UNLOCKING}).status_code == 403
    assert not Unlock.objects.exists()


def test_unlocking_asks_for_signing_in_first():
    assert Client().get("/unlock").headers["Location"] == "/login?next=/unlock"
