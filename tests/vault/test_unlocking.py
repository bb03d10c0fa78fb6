"""Signing in and unlocking are two steps, and a stolen database takes neither."""

from datetime import timedelta

import pyrage
import pytest
from argon2.low_level import hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from himaya.accounts.devices import COOKIE as DEVICE
from himaya.accounts.devices import remember
from himaya.accounts.tries import LIMITS, Tried
from himaya.audit.models import Pending
from himaya.kernel.access import job
from himaya.kernel.errors import NotPermitted
from himaya.vault import keyring, operations
from himaya.vault.enrol import give_member_key
from himaya.vault.errors import Locked, NoKey, WrongPassphrase
from himaya.vault.keyring import COOKIE, UNLOCKED_FOR, keyring_of, unwrap
from himaya.vault.models import MemberKey, Unlock
from tests.factories import cases, offices, seats
from tests.factories.ledger import acts
from tests.factories.moments import NOON
from tests.factories.roles import as_officer
from tests.factories.stolen import everything_stored

pytestmark = pytest.mark.django_db
PASSPHRASE = seats.PASSPHRASE


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """The passphrase's key in no time; how slow the real one is has a test of its own."""
    cheap = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}

    def derive(*what, **how):
        return hash_secret_raw(*what, **how | cheap)

    monkeypatch.setattr("himaya.vault.keys.hash_secret_raw", derive)


@pytest.fixture
def officer():
    return seats.officer("case_worker", offices.desk(), passphrase=PASSPHRASE)


@pytest.fixture
def actor(officer):
    return seats.actor_of_officer(officer)


def request(actor, cookie=None, at=NOON):
    found = RequestFactory().get("/")
    found.actor, found.at = actor, at
    if cookie is not None:
        found.COOKIES[COOKIE] = cookie
    return found


def test_the_passphrase_opens_the_officers_own_key(actor, officer):
    cookie = operations.unlock(actor=actor, passphrase=PASSPHRASE, at=NOON)

    opened = keyring_of(request(actor, cookie))
    assert opened.officer_id == officer.pk
    assert str(opened.identity.to_public()) == MemberKey.objects.get(officer=officer).public_key
    assert acts()[-1] == "vault.unlocked"


@pytest.mark.parametrize("tried", ["", PASSPHRASE + " ", PASSPHRASE.upper(), PASSPHRASE[:-1]])
def test_another_passphrase_opens_nothing_and_leaves_nothing(actor, tried):
    before = acts()
    with pytest.raises(WrongPassphrase):
        operations.unlock(actor=actor, passphrase=tried, at=NOON)

    assert not Unlock.objects.exists()
    assert acts() == before


def test_an_officer_without_a_key_is_told_so(actor):
    MemberKey.objects.all().delete()

    with pytest.raises(NoKey):
        operations.unlock(actor=actor, passphrase=PASSPHRASE, at=NOON)


def test_a_job_has_nothing_to_unlock():
    with pytest.raises(NotPermitted):
        operations.unlock(actor=job("clocks"), passphrase=PASSPHRASE, at=NOON)


def test_the_signed_in_officer_without_the_cookie_is_locked_out(actor):
    operations.unlock(actor=actor, passphrase=PASSPHRASE, at=NOON)

    with pytest.raises(Locked):
        keyring_of(request(actor))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda cookie: "",
        lambda cookie: "nonsense",
        lambda cookie: cookie.split(".")[0] + ".",
        lambda cookie: cookie[:-2],
        lambda cookie: cookie + "00",
        lambda cookie: cookie.split(".")[0] + "." + "00" * 32,
        lambda cookie: "00000000-0000-4000-8000-000000000000." + cookie.split(".")[1],
        lambda cookie: cookie.replace(".", "\0."),
    ],
)
def test_any_other_cookie_is_locked_out(actor, wrong):
    cookie = operations.unlock(actor=actor, passphrase=PASSPHRASE, at=NOON)

    with pytest.raises(Locked):
        keyring_of(request(actor, wrong(cookie)))


def test_a_cookie_ends_with_its_half_hour(actor):
    cookie = operations.unlock(actor=actor, passphrase=PASSPHRASE, at=NOON)
    end = NOON + UNLOCKED_FOR

    keyring_of(request(actor, cookie, end - timedelta(seconds=1)))
    with pytest.raises(Locked):
        keyring_of(request(actor, cookie, end))


def test_another_officers_cookie_is_locked_out(actor):
    cookie = operations.unlock(actor=actor, passphrase=PASSPHRASE, at=NOON)
    stranger = seats.actor_of_officer(seats.officer("case_worker", offices.desk()))

    with pytest.raises(Locked):
        keyring_of(request(stranger, cookie))


def test_even_a_row_given_to_another_officer_does_not_open_for_them(actor):
    """The wrapped key is bound to its officer, so a row moved in the database opens nothing."""
    cookie = operations.unlock(actor=actor, passphrase=PASSPHRASE, at=NOON)
    stranger = seats.officer("case_worker", offices.desk())
    Unlock.objects.update(officer=stranger)

    with pytest.raises(Locked):
        keyring_of(request(seats.actor_of_officer(stranger), cookie))


def test_with_the_binding_off_it_would(actor, monkeypatch):
    monkeypatch.setattr(keyring, "ChaCha20Poly1305", BoundToNothing)
    stranger = seats.officer("case_worker", offices.desk())
    cookie = seats.unlock_cookie(stranger)
    Unlock.objects.update(officer=actor.officer_id)

    assert keyring_of(request(actor, cookie)).officer_id == actor.officer_id


class BoundToNothing:
    """The cipher without what it is bound to."""

    def __init__(self, key):
        self.cipher = ChaCha20Poly1305(key)

    def encrypt(self, nonce, data, _context):
        return self.cipher.encrypt(nonce, data, None)

    def decrypt(self, nonce, data, _context):
        return self.cipher.decrypt(nonce, data, None)


def test_locking_forgets_the_key_on_every_device(actor):
    cookies = [operations.unlock(actor=actor, passphrase=PASSPHRASE, at=NOON) for _ in range(2)]

    operations.lock(actor=actor, at=NOON)

    for cookie in cookies:
        with pytest.raises(Locked):
            keyring_of(request(actor, cookie))
    assert acts()[-1] == "vault.locked"


def test_unlocking_sweeps_away_what_has_ended(actor):
    operations.unlock(actor=actor, passphrase=PASSPHRASE, at=NOON)
    operations.unlock(actor=actor, passphrase=PASSPHRASE, at=NOON + UNLOCKED_FOR)

    assert Unlock.objects.count() == 1


def test_the_database_lets_nobody_else_see_an_unlocked_key(actor):
    operations.unlock(actor=actor, passphrase=PASSPHRASE, at=NOON)
    stranger = seats.actor_of_officer(seats.officer("case_worker", offices.desk()))

    with as_officer(actor):
        assert Unlock.objects.count() == MemberKey.objects.count() == 1
    with as_officer(stranger):
        assert not Unlock.objects.exists()
        assert not MemberKey.objects.filter(officer_id=actor.officer_id).exists()


def opened_by_the_database_alone(unlock):
    """What a thief of the whole database opens by trying every stored value as a key."""
    for value in everything_stored():
        for key in {value[:32], value[-32:], value[12:44]}:
            try:
                yield unwrap(key, bytes(unlock.sealed), unlock.officer_id)
            except (InvalidTag, ValueError):
                continue


def test_a_stolen_database_with_its_unlocked_keys_opens_nothing(actor):
    cases.compartment(cases.case(offices.desk()), offices.desk(), story="words")
    operations.unlock(actor=actor, passphrase=PASSPHRASE, at=NOON)

    tried = sum(1 for _ in everything_stored())
    assert tried > 300
    assert list(opened_by_the_database_alone(Unlock.objects.get())) == []


def test_that_thief_would_find_the_secret_if_it_were_stored(actor):
    cookie = operations.unlock(actor=actor, passphrase=PASSPHRASE, at=NOON)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_session (session_key, session_data, expire_date)"
            " VALUES ('key', %s, now())",
            [cookie.split(".")[1]],
        )

    (found,) = opened_by_the_database_alone(Unlock.objects.get())
    assert found.startswith("AGE-SECRET-KEY-")


def test_no_private_key_of_any_kind_lies_in_the_database_in_clear(actor):
    cases.compartment(cases.case(offices.desk()), offices.desk(), story="words")
    operations.unlock(actor=actor, passphrase=PASSPHRASE, at=NOON)

    values = list(everything_stored())
    assert not any(b"AGE-SECRET-KEY" in value.upper() for value in values)
    assert any(value.startswith(b"age1") for value in values)  # public ones do


def test_a_given_key_opens_with_its_passphrase_only_and_is_recorded(officer):
    other = seats.officer("case_worker", offices.desk())
    MemberKey.objects.filter(officer=other).delete()

    key = give_member_key(actor=job("tests"), officer_id=other.pk, passphrase="theirs", at=NOON)

    opened = keyring.open_member_key(other.pk, "theirs")
    assert str(pyrage.x25519.Identity.from_str(opened).to_public()) == key.public_key
    with pytest.raises(WrongPassphrase):
        keyring.open_member_key(other.pk, PASSPHRASE)
    assert Pending.objects.filter(act="vault.member_key_made", subject_id=other.pk).exists()


def test_a_wrong_passphrase_leaves_an_entry_and_the_right_one_still_opens(officer, settings):
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    browser = seats.browser(officer, unlocked=False)

    answer = browser.post("/unlock", {"passphrase": "not this one"})

    assert answer.status_code == WrongPassphrase.status
    (entry,) = Pending.objects.filter(act="vault.unlock_refused", subject_id=officer.pk)
    assert entry.facts == '{"refusal":"vault.wrong_passphrase"}'
    browser.post("/unlock", {"passphrase": PASSPHRASE})
    assert Unlock.objects.filter(officer=officer).exists()


@pytest.mark.slow
def test_a_hundred_wrong_tries_are_slowed_down_and_the_owner_is_not_locked_out(officer, settings):
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    thief, owner = (seats.browser(officer, unlocked=False) for _ in range(2))
    devices_of(owner, officer)

    answers = [thief.post("/unlock", {"passphrase": "guess"}).status_code for _ in range(100)]

    assert answers.count(WrongPassphrase.status) == LIMITS[Tried.UNLOCKING].at_once
    owner.post("/unlock", {"passphrase": PASSPHRASE})
    assert Unlock.objects.filter(officer=officer).exists()


def devices_of(browser, officer):
    """The browser is one in which the officer has signed in fully before."""
    response = HttpResponse()
    remember(RequestFactory().get("/"), response, officer.username)
    browser.cookies[DEVICE] = response.cookies[DEVICE].value
