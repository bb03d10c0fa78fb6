"""Passkeys: they sign in alone, as a second factor, and nobody else's answer counts."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from himaya.accounts import passkeys
from himaya.accounts.models import Officer
from himaya.accounts.passkeys import text_of
from himaya.audit.models import Pending
from tests.factories.authenticators import MODEL, SoftPasskey
from tests.factories.officers import PASSPHRASE, make_officer
from tests.factories.signed import SiteClient, add_passkey, asked_by, freshly, show_passkey
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def passkey(officer):
    return add_passkey(freshly(officer))


def stranger() -> Client:
    return SiteClient()


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_a_passkey_alone_signs_in_and_leads_where_one_was_going(passkey, officer):
    client = stranger()

    done = show_passkey(client, passkey, next="/language?x=1")

    assert done.headers["Location"] == "/language?x=1"
    assert is_in(client)
    entry = Pending.objects.get(act="accounts.signed_in")
    assert (entry.actor_id, entry.facts) == (officer.pk, '{"with":"passkey"}')


def test_a_passkey_counts_in_place_of_the_code_after_the_passphrase(passkey, officer):
    client = stranger()
    client.post("/login", {"login": officer.username, "password": PASSPHRASE})

    asked = asked_by(client.get("/login/code"))
    client.post("/login/code", {"answer": passkey.show(asked)})

    assert json.loads(asked)["allowCredentials"][0]["id"] == text_of(passkey.id)
    assert is_in(client)


def test_the_start_of_signing_in_asks_for_nobody_in_particular(passkey):
    asked = json.loads(asked_by(stranger().get("/login/passkey")))

    assert asked["allowCredentials"] == []
    assert asked["userVerification"] == "required"


def test_another_officers_passkey_is_no_second_factor(passkey):
    other, client = make_officer(), stranger()
    add_passkey(freshly(other))
    client.post("/login", {"login": other.username, "password": PASSPHRASE})

    page = client.post("/login/code", {"answer": passkey.show(asked_by(client.get("/login/code")))})

    assert "could not be confirmed" in page.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "http://localhost.example"},
        {"origin": "https://elsewhere.example"},
        {"host": "elsewhere.example"},
        {"verified": False},
        {"id": b"another passkey of that officer."},
        {"owner": b"somebody unknown"},
        {"owner": b"short"},
    ],
    ids=str,
)
def test_an_answer_that_is_not_quite_right_signs_nobody_in(passkey, wrong):
    client = stranger()
    for name, value in wrong.items():
        setattr(passkey, name, value)

    done = show_passkey(client, passkey)

    assert done.status_code == 422
    assert not is_in(client)


def test_another_key_with_the_same_id_signs_nobody_in(passkey):
    client = stranger()
    forged = SoftPasskey(id=passkey.id, owner=passkey.owner)

    assert show_passkey(client, forged).status_code == 422
    assert not is_in(client)


def test_an_answer_counts_once_and_in_the_session_that_asked_only(passkey):
    client, other = stranger(), stranger()
    answer = passkey.show(asked_by(client.get("/login/passkey")))
    other.get("/login/passkey")

    elsewhere = other.post("/login/passkey", {"answer": answer})
    client.post("/login/passkey", {"answer": answer})
    client.post("/logout")
    again = client.post("/login/passkey", {"answer": answer})

    assert (elsewhere.status_code, again.status_code) == (422, 422)
    assert not is_in(client)
    assert not is_in(other)


def test_a_copied_passkey_is_found_by_whoever_comes_second(passkey):
    copy = SoftPasskey(id=passkey.id, owner=passkey.owner, key=passkey.key, counter=passkey.counter)
    assert show_passkey(stranger(), passkey).status_code == 302

    assert show_passkey(stranger(), copy).status_code == 422


def test_a_passkey_that_does_not_count_works_every_time(passkey):
    """Passkeys that live on several devices of one person send no counter."""
    for _ in range(2):
        passkey.counter = -1
        assert show_passkey(stranger(), passkey).status_code == 302


def test_a_suspended_officers_passkey_signs_nobody_in(passkey, officer):
    Officer.objects.filter(pk=officer.pk).update(is_active=False)

    assert show_passkey(stranger(), passkey).status_code == 422


@pytest.mark.parametrize(
    "answer", ["", "[]", "{}", "null", "\x00", '{"response":{}}', '{"id":1,"rawId":"x"}', "é" * 9]
)
def test_an_answer_that_no_browser_gives_is_refused_kindly(passkey, answer):
    client = stranger()
    client.get("/login/passkey")

    assert client.post("/login/passkey", {"answer": answer}).status_code == 422


def test_of_a_passkey_only_key_counter_and_name_are_kept(passkey, officer):
    row = Authenticator.objects.get(user=officer, type=Authenticator.Type.WEBAUTHN)

    assert set(row.data) == {"name", "key", "counter"}
    assert passkeys.id_of(row) == passkey.id
    assert MODEL not in passkeys.bytes_of(row.data["key"])


def test_a_passkey_that_verifies_nobody_is_not_taken(officer):
    client, careless = freshly(officer), SoftPasskey(verified=False)
    asked = asked_by(client.get("/security/passkeys/add"))

    page = client.post("/security/passkeys/add", {"name": "key", "answer": careless.make(asked)})

    assert page.status_code == 422
    assert not passkeys.passkeys_of(officer).exists()


@pytest.fixture
def purposes_apart(control, monkeypatch):
    """With the control off, whatever was asked last is answered."""
    if control == "control off":
        monkeypatch.setattr(
            passkeys,
            "_state",
            lambda request, _purpose: request.session.pop("passkey_asked")["state"],
        )


@threat("C6")
def test_what_answers_one_question_answers_no_other(purposes_apart, passkey, officer):
    client = stranger()
    client.post("/login", {"login": officer.username, "password": PASSPHRASE})
    asked = asked_by(client.get("/login/passkey"))

    client.post("/login/code", {"answer": passkey.show(asked)})

    assert not is_in(client)
