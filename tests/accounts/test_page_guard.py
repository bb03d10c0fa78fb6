"""No officer's page opens without both factors, a live session and one of its permissions."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from himaya.accounts import pages
from himaya.accounts.errors import NoSecondFactor, SignedOut
from himaya.accounts.pages import enter, officer_page
from himaya.accounts.sessions import BEGAN
from himaya.accounts.stored_sessions import SessionStore
from himaya.kernel.access import Permission
from himaya.kernel.errors import NotPermitted
from tests.factories import offices, seats
from tests.factories.roles import NOBODY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SEEN = []


@officer_page(Permission.CASE_READ, Permission.LEDGER_READ)
def page(request):
    SEEN.append((request.actor, request.at, settings_now()))
    return HttpResponse("inside")


@officer_page()
def everybodys(_request):
    return HttpResponse("inside")


def settings_now():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('himaya.actor', true), current_setting('himaya.desks', true),"
            " current_setting('himaya.permissions', true)"
        )
        return cursor.fetchone()


@pytest.fixture(autouse=True)
def at_first_nobody():
    SEEN.clear()
    yield
    enter(NOBODY)


@pytest.fixture(autouse=True)
def two_factors(monkeypatch):
    """Everybody here has a second factor; `test_signing_in` tries the real thing."""
    made = seats.officer

    def with_a_factor(*args, **kwargs):
        officer = made(*args, **kwargs)
        Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={})
        return officer

    monkeypatch.setattr(seats, "officer", with_a_factor)


def ask(user, method="get"):
    request = getattr(RequestFactory(), method)("/cases/")
    request.user, request.session = user, SessionStore()
    return request


@pytest.fixture
def worker():
    return seats.officer("case_worker", offices.desk(), offices.desk())


def test_a_permitted_officer_comes_in_as_an_actor_at_the_databases_time(worker):
    answer = page(ask(worker))

    ((actor, at, _settings),) = SEEN
    assert answer.content == b"inside"
    assert actor == seats.actor_of_officer(worker)
    assert at == pages.transaction_time()


def test_the_database_is_told_who_it_is_for_this_transaction(worker):
    page(ask(worker))

    ((actor, _at, (who, desks, permissions)),) = SEEN
    assert who == str(worker.pk)
    assert desks.split(",") == sorted(map(str, actor.desk_ids))
    assert set(permissions.split(",")) == {permission.value for permission in actor.permissions}


@pytest.mark.parametrize(
    ("role", "comes_in"),
    [("case_worker", True), ("data_protection_officer", True), ("prosecutor", False)],
)
def test_one_of_the_named_permissions_is_enough_and_none_is_not(role, comes_in):
    officer = seats.officer(role, offices.desk())

    if comes_in:
        assert page(ask(officer)).content == b"inside"
    else:
        with pytest.raises(NotPermitted) as no:
            page(ask(officer))
        assert no.value.facts == {"permission": "case.read"}
        assert SEEN == []


def test_a_page_that_names_no_permission_is_for_every_officer():
    prosecutor = seats.officer("prosecutor", offices.desk())

    assert everybodys(ask(prosecutor)).content == b"inside"


def test_a_stranger_is_sent_to_sign_in_and_a_strangers_form_is_refused():
    answer = page(ask(AnonymousUser()))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login?next=/cases/")
    with pytest.raises(SignedOut):
        page(ask(AnonymousUser(), "post"))
    assert SEEN == []


def test_without_a_second_factor_nobody_comes_in(worker):
    Authenticator.objects.filter(user=worker).update(type=Authenticator.Type.RECOVERY_CODES)

    with pytest.raises(NoSecondFactor):
        everybodys(ask(worker))


def test_a_session_that_is_over_is_ended_and_the_officer_sent_to_sign_in(worker):
    request = ask(worker)
    request.session[BEGAN] = "2020-01-01T00:00:00+00:00"

    assert page(request).status_code == 302
    assert BEGAN not in request.session
    assert SEEN == []


def test_what_a_page_asks_for_can_be_read_from_it():
    assert page.permissions == (Permission.CASE_READ, Permission.LEDGER_READ)
    assert everybodys.permissions == ()


def test_an_actor_without_desks_leaves_empty_settings(worker):
    enter(seats.actor_of_officer(worker))
    enter(NOBODY)

    assert settings_now() == ("", "", "")
