"""Guessing is limited, and nobody is held off by another's guesses."""

from datetime import datetime, timedelta
from unittest import mock

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client

from himaya.accounts import devices, passkeys, tries
from himaya.accounts.models import Tries
from himaya.accounts.tries import Count, Tried, count_wrong, give_back, spend
from himaya.audit.models import Pending
from himaya.kernel.access import job
from tests.factories.moments import NOON
from tests.factories.officers import PASSPHRASE, make_officer
from tests.factories.races import at_once, elsewhere
from tests.factories.signed import SiteClient, add_passkey, make_fresh, show_passkey, sign_in
from tests.factories.threats import threat

pytestmark = pytest.mark.django_db
MANY, SOME = 100, 12
NAME = Count(Tried.PASSPHRASE, "somebody", "")


def guess(name: str, client: Client | None = None) -> str:
    """What somebody sees who types a wrong passphrase."""
    fields = {"login": name, "password": "a wrong one"}
    return (client or SiteClient()).post("/login", fields).content.decode()


def used_up(count: Count, at: datetime = NOON) -> int:
    """How many tries there were."""
    return sum(spend(count, at) for _ in range(SOME))


def test_ten_tries_at_once_then_one_a_minute():
    assert used_up(NAME) == 10
    assert not spend(NAME, NOON + timedelta(seconds=59))
    assert spend(NAME, NOON + timedelta(seconds=60))
    assert not spend(NAME, NOON + timedelta(seconds=61))
    assert used_up(NAME, NOON + timedelta(days=1)) == 10


def test_a_right_try_counts_as_none():
    for _ in range(SOME):
        assert spend(NAME, NOON)
        give_back(NAME)


def test_counts_do_not_touch_each_other():
    used_up(NAME)

    assert spend(Count(Tried.PASSPHRASE, "somebody", "a device"), NOON)
    assert spend(Count(Tried.PASSPHRASE, "somebody else", ""), NOON)
    assert spend(Count(Tried.CODE, "somebody", ""), NOON)
    assert not spend(Count(Tried.PASSPHRASE, "SomeBody", ""), NOON), "one name, however written"


def test_after_a_clock_that_was_ahead_nobody_waits_for_years():
    used_up(NAME, NOON + timedelta(days=3650))

    assert not spend(NAME, NOON)
    assert spend(NAME, NOON + timedelta(minutes=1))


def test_the_table_names_nobody():
    used_up(NAME)

    assert "somebody" not in str(Tries.objects.values())


def test_the_ledger_learns_the_sum_of_wrong_tries_and_whose_they_were_from_nobody():
    used_up(NAME)
    spend(Count(Tried.CODE, "other", ""), NOON)

    assert count_wrong(actor=job("tests"), at=NOON) == SOME + 1
    assert count_wrong(actor=job("tests"), at=NOON) == 0

    entry = Pending.objects.get(act="accounts.wrong_tries")
    assert (entry.facts, entry.subject_id) == (f'{{"tries":{SOME + 1}}}', None)


def test_counts_that_are_long_empty_are_forgotten():
    spend(NAME, NOON)
    count_wrong(actor=job("tests"), at=NOON)
    assert Tries.objects.exists()

    count_wrong(actor=job("tests"), at=NOON + timedelta(days=2))

    assert not Tries.objects.exists()


@pytest.mark.race
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_the_same_moment_are_as_many_tries():
    guesses = [elsewhere(lambda: spend(NAME, NOON)) for _ in range(16)]

    assert sorted(map(bool, at_once(*guesses))) == [False] * 6 + [True] * 10


def without_limits():
    return mock.patch.object(tries, "spend", return_value=True)


@pytest.mark.slow
@threat("C6", off=without_limits)
def test_of_a_hundred_guesses_at_a_name_ten_are_looked_at():
    name = make_officer().username
    with mock.patch.object(
        MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode
    ) as hashed:
        answers = [guess(name) for _ in range(MANY)]

    assert hashed.call_count == 10
    assert "is not right" in answers[0]
    assert "Too many tries." in answers[-1]


@pytest.mark.slow
def test_a_name_that_nobody_has_is_limited_alike():
    answers = [guess("nobody-of-that-name") for _ in range(11)]

    assert "is not right" in answers[9]
    assert "Too many tries." in answers[10]


def everybody_a_stranger():
    return mock.patch.object(devices, "device_of", return_value=devices.STRANGER)


@pytest.mark.slow
@threat("C6", off=everybody_a_stranger)
def test_a_stranger_who_guesses_does_not_hold_up_the_officer_in_their_own_browser():
    officer = make_officer()
    own = sign_in(officer)
    own.post("/logout")
    for _ in range(MANY):
        guess(officer.username)
    cache.clear()

    page = own.post("/login", {"login": officer.username, "password": PASSPHRASE})

    assert page.headers.get("Location") == "/login/code"


def passkeys_count_too():
    """As if a passkey used up a try of its officer's name."""

    def shown(request, purpose, answer, at, officer=None):
        found = real(request, purpose, answer, at, officer)
        if not spend(Count(Tried.PASSPHRASE, found.user.username, ""), at):
            raise passkeys.WrongPasskey
        return found

    real = passkeys.shown
    return mock.patch.object(passkeys, "shown", shown)


@pytest.mark.slow
@threat("C6", off=passkeys_count_too)
def test_a_passkey_signs_in_from_anywhere_while_a_stranger_guesses():
    officer = make_officer()
    passkey = add_passkey(make_fresh(sign_in(officer)))
    for _ in range(11):
        guess(officer.username)

    assert show_passkey(SiteClient(), passkey).headers.get("Location") == "/"


@pytest.mark.slow
def test_guesses_at_codes_from_elsewhere_do_not_hold_up_the_officer_either():
    officer = make_officer()
    own = sign_in(officer)
    own.post("/logout")
    thief = SiteClient()
    thief.post("/login", {"login": officer.username, "password": PASSPHRASE})
    answers = [thief.post("/login/code", {"code": "000000"}) for _ in range(12)]

    own.post("/login", {"login": officer.username, "password": PASSPHRASE})
    page = own.post("/login/code", {"code": "000000"}).content.decode()

    assert "Too many tries." in answers[-1].content.decode()
    assert "That code is not right." in page


@pytest.mark.slow
def test_the_cookie_of_a_browser_holds_a_random_id_and_no_name():
    officer = make_officer()

    cookie = sign_in(officer).cookies[devices.COOKIE]

    device, *bindings = cookie.value.split(".")
    assert officer.username not in cookie.value
    assert (len(device), [len(one) for one in bindings]) == (22, [32])
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Strict")
    assert (cookie["path"], cookie["domain"]) == ("/", "")


@pytest.mark.slow
def test_a_browser_knows_several_officers_and_each_only_there():
    first, second = make_officer(), make_officer()
    shared = sign_in(first)
    shared.post("/logout")
    sign_in(second, shared)

    request = mock.Mock(COOKIES={devices.COOKIE: shared.cookies[devices.COOKIE].value})

    known = {devices.device_of(request, one.username) for one in (first, second)}
    assert len(known) == 1
    assert devices.STRANGER not in known
    assert devices.device_of(request, "somebody else") == devices.STRANGER


@pytest.mark.slow
@pytest.mark.parametrize("forged", ["", "id", "id.", "id." + "0" * 32, "é.é", "." * 99])
def test_a_made_up_cookie_makes_nobody_known(forged):
    request = mock.Mock(COOKIES={devices.COOKIE: forged})

    assert devices.device_of(request, "somebody") == devices.STRANGER


@pytest.mark.slow
def test_half_a_sign_in_makes_no_browser_known():
    officer, client = make_officer(), SiteClient()

    client.post("/login", {"login": officer.username, "password": PASSPHRASE})

    assert devices.COOKIE not in client.cookies
