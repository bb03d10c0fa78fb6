"""Unlocking with what a passkey derives: the same key as the passphrase opens, for nobody else."""

import json
from datetime import datetime
from unittest import mock
from uuid import UUID

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection

from himaya.accounts.models import Officer
from himaya.audit.models import Pending
from himaya.vault import keyring, passkey
from himaya.vault.errors import NoPasskeyKey, NothingDerived
from himaya.vault.keyring import COOKIE
from himaya.vault.models import MemberKey, PasskeyWrap, Unlock
from tests.factories import offices, seats
from tests.factories.authenticators import SoftPasskey
from tests.factories.moments import NOON
from tests.factories.refusals import refusal_of
from tests.factories.rows import save
from tests.factories.signed import SiteClient, add_passkey, asked_by, freshly, show_passkey
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CREDENTIAL, SALT = b"an id", b"s" * 32
DERIVED = "A" * 43  # 32 bytes, as a browser writes them


# The operation


@pytest.fixture
def officer():
    return seats.officer("case_worker", offices.desk())


@pytest.fixture
def wrap(officer):
    return passkey.let_unlock(
        actor=seats.actor_of_officer(officer),
        keyring=seats.keyring_of(officer),
        credential=CREDENTIAL,
        salt=SALT,
        derived=DERIVED,
        at=NOON,
    )


def test_what_was_derived_opens_the_officers_key_and_nothing_else_does(officer, wrap):
    private_key = str(seats.keyring_of(officer).identity)

    assert passkey.opened_by(officer.pk, CREDENTIAL, DERIVED) == private_key
    with pytest.raises(NoPasskeyKey):
        passkey.opened_by(officer.pk, CREDENTIAL, "B" * 43)
    with pytest.raises(NoPasskeyKey):
        passkey.opened_by(officer.pk, b"another id", DERIVED)
    with pytest.raises(NoPasskeyKey):
        passkey.opened_by(seats.officer("case_worker", offices.desk()).pk, CREDENTIAL, DERIVED)


@pytest.mark.parametrize("derived", ["", "AAAA", "A" * 44, "!" * 43, "é"])
def test_a_browser_that_derives_nothing_is_told_so(officer, wrap, derived):
    with pytest.raises(NothingDerived):
        passkey.opened_by(officer.pk, CREDENTIAL, derived)


def test_a_wrap_moved_to_another_officer_or_passkey_opens_nothing(officer, wrap):
    other = seats.officer("case_worker", offices.desk())
    wrap.officer = other
    save(wrap)

    with pytest.raises(NoPasskeyKey):
        passkey.opened_by(other.pk, CREDENTIAL, DERIVED)


def any_key():
    found = mock.Mock(exists=mock.Mock(return_value=True))
    return mock.patch.object(passkey.MemberKey.objects, "filter", return_value=found)


@threat("B3", off=any_key)
def test_a_key_that_the_officer_has_no_more_is_not_opened(officer, wrap):
    MemberKey.objects.all().update(public_key="age1another")

    assert refusal_of(passkey.opened_by, officer.pk, CREDENTIAL, DERIVED) is NoPasskeyKey


def derived_bytes_kept():
    """As if the wrap were made under the salt, which lies beside it."""
    return mock.patch.object(passkey, "_key", return_value=SALT)


@threat("B6", off=derived_bytes_kept)
def test_a_stolen_database_opens_no_wrap_of_a_passkey(officer, control):
    wrap = passkey.let_unlock(
        actor=seats.actor_of_officer(officer),
        keyring=seats.keyring_of(officer),
        credential=CREDENTIAL,
        salt=SALT,
        derived=DERIVED,
        at=NOON,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM vault_passkeywrap")
        stored = [
            bytes(value) for value in cursor.fetchone() if not isinstance(value, UUID | datetime)
        ]

    assert len(stored) == 3
    assert [key for key in stored if _opens(wrap, key)] == []


def _opens(wrap, key: bytes) -> bool:
    try:
        keyring.unwrap(key[:32], bytes(wrap.sealed), wrap.officer_id)
    except (keyring.InvalidTag, ValueError):
        return False
    return True


def test_letting_and_forgetting_are_recorded_with_their_rows(officer, wrap):
    actor = seats.actor_of_officer(officer)
    again = passkey.let_unlock(
        actor=actor,
        keyring=seats.keyring_of(officer),
        credential=CREDENTIAL,
        salt=SALT,
        derived=DERIVED,
        at=NOON,
    )

    passkey.forget(actor=actor, credential=CREDENTIAL, at=NOON)
    passkey.forget(actor=actor, credential=CREDENTIAL, at=NOON)

    let = Pending.objects.filter(act="vault.passkey_unlocks")
    gone = Pending.objects.get(act="vault.passkey_unlocks_no_more")
    assert [str(wrap.pk) in entry.rows for entry in let] == [True, True]
    assert str(again.pk) in gone.rows
    assert not PasskeyWrap.objects.exists()


# The pages


@pytest.fixture
def client(officer):
    TOTP.activate(officer, generate_totp_secret())
    return freshly(officer)


@pytest.fixture
def key(client) -> SoftPasskey:
    return add_passkey(client)


def path_of(client) -> str:
    page = client.get("/security").content.decode()
    return page.split('/unlocking"')[0].rsplit('href="', 1)[1] + "/unlocking"


def let(client, key):
    unlock(client)
    path = path_of(client)
    asked = asked_by(client.get(path))
    return client.post(path, {"answer": key.show(asked), "prf": key.derive(asked)})


def unlock(client) -> None:
    """As with the passphrase, without the wait for it."""
    officer = Officer.objects.get(pk=client.session["_auth_user_id"])
    client.cookies[COOKIE] = seats.unlock_cookie(officer)


def lock(client) -> None:
    client.post("/lock")
    assert "Locked" in client.get("/").content.decode()


def test_an_officer_unlocks_by_passkey_after_letting_it(client, key):
    assert let(client, key).headers["Location"] == "/security"
    assert "signs in and unlocks" in client.get("/security").content.decode()
    lock(client)

    asked = asked_by(client.get("/unlock/passkey?next=/language"))
    done = client.post(
        "/unlock/passkey",
        {"answer": key.show(asked), "prf": key.derive(asked), "next": "/language"},
    )

    assert done.headers["Location"] == "/language"
    assert done.cookies[COOKIE]["httponly"] is True
    assert "Unlocked" in client.get("/").content.decode()
    assert '"with":"passkey"' in Pending.objects.filter(act="vault.unlocked").last().facts


def test_signing_in_with_a_passkey_does_not_unlock(client, key):
    let(client, key)
    other = SiteClient()

    show_passkey(other, key)

    assert "Locked" in other.get("/").content.decode()
    assert COOKIE not in other.cookies


def test_each_passkey_derives_from_a_salt_of_its_own(client, key):
    let(client, key)
    second = add_passkey(client, "home")
    let(client, second)

    salts = json.loads(asked_by(client.get("/unlock/passkey")))["extensions"]["prf"]

    assert len({salt["first"] for salt in salts["evalByCredential"].values()}) == 2


def test_a_passkey_that_derives_nothing_changes_nothing_and_the_page_says_so(client, key):
    unlock(client)
    path = path_of(client)

    page = client.post(path, {"answer": key.show(asked_by(client.get(path))), "prf": ""})

    assert page.status_code == 422
    assert "cannot open keys" in page.content.decode()
    assert not PasskeyWrap.objects.exists()


def test_letting_asks_for_the_opened_key_first(client, key):
    page = client.get(path_of(client))

    assert page.status_code == 403
    assert "Unlock with your passphrase to read it." in page.content.decode()


def test_what_was_derived_without_the_passkey_unlocks_nothing(client, key):
    let(client, key)
    lock(client)
    asked = asked_by(client.get("/unlock/passkey"))

    page = client.post("/unlock/passkey", {"answer": "", "prf": key.derive(asked)})

    assert page.status_code == 422
    assert not Unlock.objects.exists()


def test_words_typed_while_locked_survive_unlocking_by_passkey(client, key):
    let(client, key)
    lock(client)
    page = client.post("/unlock/passkey", {"next": "/cases/", "held": "note=long+words"})

    asked = asked_by(page)
    fields = {"next": "/cases/", "held": "note=long+words"}
    done = client.post(
        "/unlock/passkey", {"answer": key.show(asked), "prf": key.derive(asked), **fields}
    )

    assert 'value="note=long+words"' in page.content.decode()
    assert 'name="note" value="long words"' in done.content.decode()


def test_an_officer_whose_passkeys_open_nothing_is_told_what_to_do(client, key):
    page = client.get("/unlock/passkey").content.decode()

    assert "None of your passkeys opens your key yet." in page
    assert "data-passkey" not in page


def test_a_removed_passkey_unlocks_no_more(client, key, officer):
    let(client, key)
    path = path_of_removal(client)

    client.post(path)

    assert not PasskeyWrap.objects.filter(officer=officer).exists()


def path_of_removal(client) -> str:
    page = client.get("/security").content.decode()
    return page.split('/remove"')[0].rsplit('action="', 1)[1] + "/remove"


def test_another_officers_passkey_cannot_be_let(client, key):
    stranger = seats.officer("case_worker", offices.desk())
    TOTP.activate(stranger, generate_totp_secret())
    other = freshly(stranger)
    unlock(other)

    assert other.get(path_of(client)).status_code == 404
