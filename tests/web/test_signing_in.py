"""Signing in, staying signed in, and signing out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from himaya.accounts.sessions import BEGAN, SEEN
from himaya.vault.keyring import COOKIE
from himaya.vault.models import Unlock
from tests.factories.officers import (
    PASSPHRASE,
    UNLOCKING,
    code_now,
    give_key,
    make_officer,
    signed_in,
)

pytestmark = pytest.mark.django_db
LIBRARY = {"account_login", "account_logout", "mfa_authenticate"}


@pytest.fixture(autouse=True)
def no_tries_so_far():
    cache.clear()


def first_step(client, officer, passphrase=PASSPHRASE, **more):
    fields = {"login": officer.username, "password": passphrase, **more}
    return client.post("/login", fields, follow=True)


def test_an_officer_signs_in_with_passphrase_and_code_and_comes_to_their_day():
    officer, client = make_officer(), Client()

    at_code = first_step(client, officer)
    at_home = client.post("/login/code", {"code": code_now()}, follow=True)

    assert at_code.redirect_chain == [("/login/code", 302)]
    assert at_home.redirect_chain == [("/", 302)]
    assert "My day" in at_home.content.decode()


def test_the_passphrase_alone_opens_no_page():
    officer, client = make_officer(), Client()
    first_step(client, officer)

    assert client.get("/").headers["Location"] == "/login?next=/"


def test_an_officer_without_a_second_factor_is_refused_everywhere_but_may_sign_out():
    officer, client = make_officer(second_factor=False), Client()
    first_step(client, officer)

    assert client.get("/").status_code == 403
    assert client.post("/logout").status_code == 302
    assert client.get("/").headers["Location"] == "/login?next=/"


@pytest.mark.parametrize("wrong", ["name", "passphrase"])
def test_a_wrong_name_and_a_wrong_passphrase_get_the_same_sentence(wrong):
    officer = make_officer()
    fields = {"login": officer.username, "password": PASSPHRASE}
    fields["login" if wrong == "name" else "password"] = "something else"

    page = Client().post("/login", fields).content.decode()

    assert "The user name or the passphrase is not right." in page


def test_a_wrong_code_is_told_and_the_right_one_still_works():
    officer, client = make_officer(), Client()
    first_step(client, officer)

    wrong = client.post("/login/code", {"code": "000000"})
    right = client.post("/login/code", {"code": code_now()})

    assert "That code is not right." in wrong.content.decode()
    assert right.headers["Location"] == "/"


def test_tries_are_limited_by_name_and_other_officers_are_not_held_up():
    officer, other = make_officer(), make_officer()
    for _ in range(10):
        first_step(Client(), officer, "guess")

    held_up = first_step(Client(), officer)
    free = first_step(Client(), other)

    assert "Too many tries." in held_up.content.decode()
    assert free.redirect_chain == [("/login/code", 302)]


@pytest.mark.parametrize(
    ("after", "goes"),
    [("/cases/", "/cases/"), ("https://elsewhere.example/", "/"), ("//elsewhere.example", "/")],
)
def test_signing_in_leads_back_to_a_page_of_this_site_only(after, goes):
    officer, client = make_officer(), Client()
    first_step(client, officer, next=after)

    assert client.post("/login/code", {"code": code_now()}).headers["Location"] == goes


def ago(**length):
    return (datetime.now(UTC) - timedelta(**length)).isoformat()


@pytest.mark.parametrize(
    ("began", "seen", "goes_on"),
    [
        ({"hours": 1}, {"minutes": 29}, True),
        ({"hours": 1}, {"minutes": 31}, False),
        ({"hours": 11, "minutes": 59}, {"minutes": 1}, True),
        ({"hours": 12, "minutes": 1}, {"minutes": 1}, False),
    ],
)
def test_a_session_ends_after_half_an_hour_idle_and_twelve_hours_in_all(began, seen, goes_on):
    client = signed_in(make_officer())
    session = client.session
    session[BEGAN], session[SEEN] = ago(**began), ago(**seen)
    session.save()

    assert (client.get("/").status_code == 200) is goes_on
    assert (client.get("/").status_code == 200) is goes_on, "an ended session does not revive"


def test_using_the_pages_keeps_the_session_going():
    client = signed_in(make_officer())
    session = client.session
    session[BEGAN], session[SEEN] = ago(hours=1), ago(minutes=20)
    session.save()

    client.get("/")

    assert datetime.fromisoformat(client.session[SEEN]) > datetime.now(UTC) - timedelta(minutes=1)


def test_a_form_sent_after_the_session_ended_keeps_what_was_typed():
    client = Client()

    page = client.post("/unlock", {"note": "words that took an hour", "passphrase": "secret"})

    assert page.status_code == 401
    assert "words that took an hour" in page.content.decode()
    assert "secret" not in page.content.decode()


def test_signing_out_forgets_session_and_key_and_leaves_records_that_wait_on_the_device():
    officer = make_officer()
    give_key(officer)
    client = signed_in(officer)
    client.post("/unlock", {"passphrase": UNLOCKING})
    assert Unlock.objects.filter(officer=officer).exists()

    gone = client.post("/logout")

    assert not Unlock.objects.filter(officer=officer).exists()
    assert gone.cookies[COOKIE]["max-age"] == 0
    assert gone.headers["Clear-Site-Data"] == '"cache"'
    assert client.get("/").headers["Location"] == "/login?next=/"


def test_signing_out_by_a_link_is_not_possible():
    client = signed_in(make_officer())

    assert client.get("/logout").status_code == 405
    assert client.get("/").status_code == 200


def names(resolver) -> set[str]:
    found = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.add(pattern.name)
    return found


def test_of_the_sign_in_library_only_signing_in_and_out_can_be_reached():
    """No sign-up, no reset of a passphrase, no mail, no page of its own."""
    library = {name for name in names(get_resolver()) if name.startswith(("account_", "mfa_"))}

    assert library == LIBRARY
    assert names(get_resolver("allauth.urls")) > LIBRARY, "the library's own list has more"


@pytest.mark.parametrize("path", ["/signup/", "/accounts/signup/", "/password/reset/", "/2fa/"])
def test_pages_that_the_library_usually_has_are_not_there(path):
    assert Client().get(path).status_code == 404
