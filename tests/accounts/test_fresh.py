"""Dangerous pages ask for the second factor again, and keep what was typed meanwhile."""

from datetime import timedelta
from html import unescape
from unittest import mock

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.http import require_POST

from himaya.accounts import pages
from himaya.accounts.codes import left
from himaya.accounts.fresh import FRESH_FOR, GIVEN_AT, GIVEN_BY, Factor, given, is_fresh
from himaya.accounts.pages import officer_page
from himaya.web.staff.urls import urlpatterns as real
from tests.factories.moments import NOON
from tests.factories.officers import code_now, make_officer, signed_in
from tests.factories.signed import add_passkey, asked_by, freshly, make_fresh, sign_in
from tests.factories.threats import threat

DONE = []


@officer_page(fresh=True)
def dangerous(request):
    if request.method == "POST":
        DONE.append(request.POST.dict())
    return HttpResponse("inside")


@require_POST
@officer_page(fresh=True)
def one_button(_request):
    DONE.append("pressed")
    return HttpResponse("pressed")


@officer_page(fresh=True, recovering=True)
def mending(_request):
    return HttpResponse("inside")


urlpatterns = [
    path("dangerous", dangerous),
    path("button", one_button),
    path("mending", mending),
    path("", include(real)),
]
handler404 = "himaya.web.failures.not_found"
MINUTES = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("ago", "factor", "recovering", "fresh"),
    [
        (0 * MINUTES, Factor.CODE, False, True),
        (0 * MINUTES, Factor.PASSKEY, False, True),
        (FRESH_FOR, Factor.CODE, False, True),
        (FRESH_FOR + timedelta(seconds=1), Factor.CODE, False, False),
        (-3650 * 24 * 60 * MINUTES, Factor.CODE, False, False),
        (0 * MINUTES, Factor.RECOVERY_CODE, False, False),
        (0 * MINUTES, Factor.RECOVERY_CODE, True, True),
        (6 * MINUTES, Factor.RECOVERY_CODE, True, False),
    ],
)
def test_a_factor_is_fresh_for_five_minutes(ago, factor, recovering, fresh):
    session = {}
    given(session, factor, NOON - ago)

    assert is_fresh(session, NOON, recovering=recovering) is fresh


def test_who_never_gave_a_factor_is_not_fresh():
    assert not is_fresh({}, NOON)


@pytest.fixture
def officer():
    DONE.clear()
    return make_officer()


on_the_site = pytest.mark.urls(__name__)


def never_asked():
    return mock.patch.object(pages, "is_fresh", return_value=True)


@pytest.mark.slow
@on_the_site
@threat("C2", off=never_asked)
def test_a_stolen_session_opens_no_dangerous_page(db, officer):
    client = make_fresh(signed_in(officer), ago=6 * MINUTES)

    assert client.get("/dangerous").status_code == 403
    assert client.post("/dangerous", {"note": "words"}).status_code == 403
    assert DONE == []


@pytest.mark.slow
@on_the_site
def test_signing_in_with_a_second_factor_counts_for_five_minutes(db, officer):
    assert sign_in(officer).get("/dangerous").content == b"inside"


@pytest.mark.slow
@on_the_site
def test_the_page_that_asks_leads_on_to_where_one_was_going(db, officer):
    client = signed_in(officer)

    page = client.get("/dangerous?x=1").content.decode()
    done = client.post("/again", {"code": code_now(), "next": "/dangerous?x=1"})

    assert "Confirm that it is you" in page
    assert 'name="next" value="/dangerous?x=1"' in page
    assert done.headers["Location"] == "/dangerous?x=1"
    assert client.get("/dangerous").content == b"inside"


@pytest.mark.slow
@on_the_site
def test_typed_words_are_kept_and_sent_again_by_the_officer(db, officer):
    client = signed_in(officer)
    typed = {"note": "long & hard words", "passphrase": "secret"}

    asking = unescape(client.post("/dangerous", typed).content.decode())
    held = "note=long+%26+hard+words"
    fields = {"next": "/dangerous", "sending": "1", "held": held}
    wrong = unescape(client.post("/again", {"code": "000000", **fields}).content.decode())
    page = client.post("/again", {"code": code_now(), **fields}).content.decode()

    assert f'name="held" value="{held}"' in asking
    assert "secret" not in asking
    assert f'name="held" value="{held}"' in wrong
    assert 'action="/dangerous"' in page
    assert 'name="note" value="long &amp; hard words"' in page
    assert DONE == []


@pytest.mark.slow
@on_the_site
def test_a_button_that_was_pressed_is_pressed_again_by_the_officer(db, officer):
    client = signed_in(officer)

    asking = client.post("/button").content.decode()
    page = client.post("/again", {"code": code_now(), "next": "/button", "sending": "1"})

    assert 'name="sending" value="1"' in asking
    assert 'action="/button"' in page.content.decode()
    assert DONE == []
    assert client.post("/button").content == b"pressed"


@pytest.mark.slow
@on_the_site
def test_a_passkey_confirms_too_and_a_code_in_the_page_behind_is_not_tried(db, officer):
    client = freshly(officer)
    passkey = add_passkey(client)
    make_fresh(client, ago=6 * MINUTES)
    right = code_now()

    asking = client.post("/dangerous", {"code": right})
    client.post("/again", {"answer": passkey.show(asked_by(asking)), "next": "/"})

    assert client.get("/dangerous").content == b"inside"
    assert client.session[GIVEN_BY] == "passkey"
    assert client.post("/again", {"code": right}).status_code == 302, "not used up by the page"


@pytest.mark.slow
@on_the_site
def test_a_recovery_code_counts_only_where_one_mends_what_was_lost(db, officer):
    first, second, *_ = RecoveryCodes.activate(officer).generate_codes()
    client = signed_in(officer)

    refused = client.post("/again", {"code": first, "next": "/dangerous"})
    client.post("/again", {"code": second, "next": "/mending", "recovering": "1"})

    assert refused.status_code == 403
    assert left(officer) == 9, "the refused one is not used up"
    assert client.get("/mending").content == b"inside"
    assert client.get("/dangerous").status_code == 403


@pytest.mark.slow
@on_the_site
def test_saying_that_one_mends_opens_no_dangerous_page(db, officer):
    code, *_ = RecoveryCodes.activate(officer).generate_codes()
    client = signed_in(officer)

    client.post("/again", {"code": code, "next": "/dangerous", "recovering": "1"})

    assert client.get("/dangerous").status_code == 403


@pytest.mark.slow
@on_the_site
def test_confirming_asks_for_signing_in_first(db):
    assert Client().post("/again", {"code": "000000"}).status_code == 401


@pytest.mark.slow
@on_the_site
def test_guesses_at_the_confirming_code_are_limited(db, officer):
    client = signed_in(officer)

    answers = [client.post("/again", {"code": "000000"}).content.decode() for _ in range(11)]

    assert "That code is not right." in answers[9]
    assert "Too many tries." in answers[10]
    assert GIVEN_AT not in client.session


def test_a_page_says_whether_it_wants_a_fresh_factor():
    assert dangerous.fresh
    assert not officer_page()(lambda _request: HttpResponse()).fresh
