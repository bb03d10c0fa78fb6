"""Whoever tries to sign in learns nothing of who works here: not by words, not by time."""

import time
from contextlib import contextmanager
from statistics import median
from unittest import mock

import pytest
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.hashers import MD5PasswordHasher

from himaya.accounts.adapters import SignIn
from himaya.accounts.hashing import Passphrase
from himaya.accounts.models import Officer
from tests.factories.officers import PASSPHRASE, make_officer
from tests.factories.signed import SiteClient
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PAIRS = 9


class Light(Passphrase):
    """The hash of an installation, at a cost that still stands out beside that of a page."""

    memory_cost = 32 * 1024


class Cheap(Light):
    """An officer's hash from years ago, at half the cost of today."""

    time_cost = 1


def names() -> dict[str, str]:
    """A user name of every kind that must look alike."""
    suspended, keyless = make_officer(), make_officer()
    Officer.objects.filter(pk=suspended.pk).update(is_active=False)
    keyless.set_unusable_password()
    keyless.save()
    return {
        "known": make_officer().username,
        "unknown": "nobody-of-that-name",
        "suspended": suspended.username,
        "without passphrase": keyless.username,
        "without second factor": make_officer(second_factor=False).username,
    }


def attempt(name: str, passphrase: str = "a wrong one"):
    return SiteClient().post("/login", {"login": name, "password": passphrase})


def work_for(name: str, passphrase: str = "a wrong one") -> int:
    """How many hashes one attempt costs."""
    with mock.patch.object(
        MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode
    ) as hashed:
        attempt(name, passphrase)
    return hashed.call_count


def no_hash_for_strangers():
    return mock.patch.object(AuthenticationBackend, "_mitigate_timing_attack", return_value=None)


@threat("C6", off=no_hash_for_strangers)
def test_every_kind_of_name_costs_one_hash():
    assert {kind: work_for(name) for kind, name in names().items()} == dict.fromkeys(names(), 1)


@contextmanager
def suspended_let_go_on():
    """As if only the second step asked who is suspended."""
    let_in = mock.patch.object(AuthenticationBackend, "user_can_authenticate", return_value=True)
    with let_in, mock.patch.object(SignIn, "pre_login", return_value=None):
        yield


@threat("C6", off=suspended_let_go_on)
def test_a_suspended_officer_with_the_right_passphrase_looks_like_a_stranger():
    suspended = names()["suspended"]

    right, stranger = attempt(suspended, PASSPHRASE), attempt("nobody-of-that-name")

    assert work_for(suspended, PASSPHRASE) == 1
    assert shape(right, suspended) == shape(stranger, "nobody-of-that-name")


def shape(page, name: str) -> tuple[int, str, set[str]]:
    """All that somebody outside sees of an answer, without the random words in it."""
    text = page.content.decode()
    if page.context:
        for own in (str(page.context["csrf_token"]), page.context["page"].nonce, name):
            text = text.replace(own, "")
    return page.status_code, text, set(page.cookies)


def test_every_kind_of_name_gets_the_same_answer():
    answers = {kind: shape(attempt(name), name) for kind, name in names().items()}

    assert len({(status, text) for status, text, _ in answers.values()}) == 1
    assert {frozenset(cookies) for _, _, cookies in answers.values()} == {
        frozenset({"__Host-form"})
    }


def time_of(name: str) -> float:
    begun = time.perf_counter()
    attempt(name)
    return time.perf_counter() - begun


@pytest.fixture
def real_hashes(settings):
    """The hash of a real installation, if lighter, with tries enough to measure."""
    settings.PASSWORD_HASHERS = [f"{__name__}.Light"]
    with mock.patch("himaya.accounts.tries.spend", return_value=True):
        yield


@threat("C6", off=no_hash_for_strangers)
def test_known_and_unknown_names_take_as_long(real_hashes):
    """Medians of turns, so that a busy machine slows both alike; the bound is generous."""
    known = make_officer().username
    attempt(known)

    turns = [(time_of(known), time_of("nobody-of-that-name")) for _ in range(PAIRS)]

    ratio = median(one for one, _ in turns) / median(other for _, other in turns)
    assert 1 / 1.6 < ratio < 1.6, ratio


@threat("C6", off=lambda: mock.patch.object(Passphrase, "harden_runtime", return_value=None))
def test_an_old_and_cheap_hash_takes_a_wrong_try_as_much_work(real_hashes):
    officer = make_officer()
    officer.password = Cheap().encode(PASSPHRASE, "a salt that is long enough")
    officer.save()
    rounds = []
    real = Passphrase.encode

    def counted(self, password, salt):
        rounds.append(self.time_cost)
        return real(self, password, salt)

    with mock.patch.object(Passphrase, "encode", counted):
        attempt(officer.username)

    assert rounds == [Light.time_cost - Cheap.time_cost]


def test_a_right_passphrase_replaces_an_old_hash_by_one_of_today(real_hashes):
    officer = make_officer()
    officer.password = Cheap().encode(PASSPHRASE, "a salt that is long enough")
    officer.save()

    attempt(officer.username, PASSPHRASE)

    officer.refresh_from_db()
    assert "$m=32768,t=2,p=8$" in officer.password
