"""The officer's own security page: what each part changes, for whom, and what is never shown."""

import re
from datetime import timedelta
from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLResolver, get_resolver

from himaya.accounts.fresh import Factor
from himaya.accounts.models import Session
from himaya.audit.models import Pending
from himaya.vault import keyring
from himaya.vault.errors import WrongPassphrase
from himaya.vault.keyring import COOKIE
from himaya.vault.models import Unlock
from himaya.web.staff.security.presenters import picture
from tests.factories.officers import PASSPHRASE, SECRET, code_now, give_key, make_officer
from tests.factories.signed import SiteClient, add_passkey, freshly, make_fresh, show_passkey

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NEXT = "seven geese wander over ice"
OWN = ["", "/passphrase", "/generator", "/passkeys/add", "/passkeys/1/rename"]


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def client(officer):
    return freshly(officer)


def acts(officer) -> list[str]:
    """What the ledger says of this officer."""
    return list(
        Pending.objects.filter(subject_id=officer.pk)
        .order_by("at", "pk")
        .values_list("act", flat=True)
    )


def change(client, present=PASSPHRASE, new=NEXT, again=NEXT):
    fields = {"present": present, "new": new, "again": again}
    return client.post("/security/passphrase", fields)


def signs_in_with(officer, passphrase) -> bool:
    page = SiteClient().post("/login", {"login": officer.username, "password": passphrase})
    return page.headers.get("Location") == "/login/code"


@pytest.mark.parametrize("path", OWN)
def test_every_part_asks_for_a_fresh_factor(officer, path):
    stale = make_fresh(freshly(officer), ago=timedelta(minutes=6))

    assert stale.get(f"/security{path}").status_code == 403
    assert Client().get(f"/security{path}").status_code == 302


def test_no_address_of_the_security_page_was_forgotten():
    """Each is guarded by a fresh factor, read from the code."""
    resolvers = [one for one in get_resolver().url_patterns if isinstance(one, URLResolver)]
    (resolver,) = [one for one in resolvers if one.namespace == "security"]

    assert len(resolver.url_patterns) >= 8
    assert all(one.callback.fresh for one in resolver.url_patterns)


def test_the_page_shows_what_there_is(client, officer):
    add_passkey(client, "work <telephone>")

    page = client.get("/security").content.decode()

    assert "work &lt;telephone&gt;" in page
    assert "this browser" in page
    assert "You have 0 codes left" in page


# Passphrase


def test_the_passphrase_changes_for_signing_in_and_for_the_key_together(officer, client):
    give_key(officer)
    officer.set_password("a passphrase of the key")
    officer.save()
    client = freshly(officer)

    assert change(client, present="a passphrase of the key").headers["Location"] == "/security"

    assert signs_in_with(officer, NEXT)
    assert not signs_in_with(officer, "a passphrase of the key")
    assert keyring.open_member_key(officer.pk, NEXT)
    with pytest.raises(WrongPassphrase):
        keyring.open_member_key(officer.pk, "a passphrase of the key")
    assert "accounts.passphrase_changed" in acts(officer)


def test_when_the_key_does_not_open_nothing_changes(officer, client):
    give_key(officer)  # under another passphrase

    page = change(client)

    assert page.status_code == 422
    assert signs_in_with(officer, PASSPHRASE)
    assert "accounts.passphrase_changed" not in acts(officer)


def test_after_a_change_every_other_browser_is_out_and_this_one_is_locked(officer, client):
    other = freshly(officer)
    Unlock.objects.create(officer=officer, sealed=b"", expires_at="2099-01-01T00:00:00Z")

    done = change(client)

    assert done.cookies[COOKIE]["max-age"] == 0
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302
    assert Session.objects.filter(officer=officer).count() == 1


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("fourteen chars", "at least 15 characters"),
        ("passwordpassword", "the first that others try"),
        ("password password password", "the first that others try"),
        ("abababababababab", "the first that others try"),
        ("NAME NAME 2026", "at least 15 characters"),
        ("NAME-NAME-NAME-2026", "your user name"),
    ],
)
def test_a_passphrase_that_others_would_guess_is_refused(officer, client, new, why):
    new = new.replace("NAME", officer.username if len(new) > 14 else "x")

    page = change(client, new=new, again=new)

    assert page.status_code == 422
    assert why in unescape(page.content.decode())


@pytest.mark.parametrize("new", [NEXT, "اثنا عشر حصانا يركضون", "aaaa bbbb cccc dddd!"])
def test_a_long_one_needs_no_signs_or_digits(client, new):
    assert change(client, new=new, again=new).status_code == 302


def test_a_slip_or_a_wrong_present_passphrase_changes_nothing(officer, client):
    assert "not the same" in change(client, again=NEXT + "x").content.decode()
    assert change(client, present="wrong").status_code == 422
    assert signs_in_with(officer, PASSPHRASE)


def test_guesses_at_the_present_passphrase_are_limited(client):
    answers = [change(client, present="wrong").status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]


# Code generator


def offered(client) -> str:
    page = client.get("/security/generator").content.decode()
    return re.search(r"<bdi>([A-Z2-7 ]+)</bdi></code>", page)[1].replace(" ", "")


def test_a_new_code_generator_takes_the_place_of_the_former(officer, client):
    secret = offered(client)
    assert offered(client) == secret, "a page opened twice offers the same"

    wrong = client.post("/security/generator", {"code": code_now(SECRET)})
    right = client.post("/security/generator", {"code": code_now(secret)})

    assert (wrong.status_code, right.status_code) == (422, 302)
    (row,) = Authenticator.objects.filter(user=officer, type="totp")
    assert secret not in str(row.data)
    assert "accounts.generator_set" in acts(officer)
    assert offered(client) != secret
    assert client.post("/again", {"code": code_now(SECRET)}).status_code == 403


def test_a_secret_that_waits_lies_encrypted_in_the_session(client):
    secret = offered(client)

    assert secret not in str(client.session.items())


def test_the_picture_holds_the_address_and_is_drawn_without_style():
    drawn = picture("otpauth://totp/a?secret=AAAA")

    assert drawn.side >= 29
    assert re.fullmatch(r"(M\d+ \d+h1v1h-1z)+", drawn.path)


# Recovery codes


def test_recovery_codes_are_shown_once_and_replace_those_before(officer, client):
    first = re.findall(r"<bdi>(\d{5} \d{5})</bdi>", _made(client))
    second = re.findall(r"<bdi>(\d{5} \d{5})</bdi>", _made(client))

    page = client.get("/security").content.decode()

    assert (len(first), len(second)) == (10, 10)
    assert not set(first) & set(second)
    assert not any(code in page for code in second)
    assert "You have 10 codes left" in page
    assert acts(officer).count("accounts.recovery_codes_made") == 2
    entering = SiteClient()
    entering.post("/login", {"login": officer.username, "password": PASSPHRASE})
    assert entering.post("/login/code", {"code": first[0]}).status_code == 200
    assert entering.post("/login/code", {"code": second[0]}).status_code == 302


def _made(client) -> str:
    return client.post("/security/recovery-codes").content.decode()


def test_a_recovery_code_lets_an_officer_mend_and_nothing_else(officer, client):
    code = re.search(r"<bdi>(\d{5} \d{5})</bdi>", _made(client))[1]
    entering = SiteClient()
    entering.post("/login", {"login": officer.username, "password": PASSPHRASE})
    entering.post("/login/code", {"code": code})

    assert entering.session["second_factor_by"] == Factor.RECOVERY_CODE
    assert entering.get("/security").status_code == 200
    assert entering.get("/security/generator").status_code == 200
    assert entering.get("/security/passkeys/add").status_code == 200
    assert entering.get("/security/passphrase").status_code == 403
    assert entering.post("/security/recovery-codes").status_code == 403


# Passkeys


def test_a_passkey_is_renamed_and_removed_by_its_officer_only(officer, client):
    passkey = add_passkey(client)
    (row,) = Authenticator.objects.filter(user=officer, type="webauthn")
    stranger = freshly(make_officer())
    for do in ("rename", "remove"):
        assert stranger.post(f"/security/passkeys/{row.pk}/{do}", {"name": "x"}).status_code == 404

    client.post(f"/security/passkeys/{row.pk}/rename", {"name": "home key"})
    assert "home key" in client.get("/security").content.decode()
    client.post(f"/security/passkeys/{row.pk}/remove")

    assert show_passkey(SiteClient(), passkey).status_code == 422
    assert {
        "accounts.passkey_added",
        "accounts.passkey_renamed",
        "accounts.passkey_removed",
    } <= set(acts(officer))


def test_the_only_second_factor_cannot_be_removed():
    officer = make_officer(second_factor=False)
    Authenticator.objects.create(user=officer, type="totp", data={"secret": ""})
    client = freshly(officer)
    add_passkey(client)
    Authenticator.objects.filter(user=officer, type="totp").delete()
    (row,) = Authenticator.objects.filter(user=officer)

    page = client.post(f"/security/passkeys/{row.pk}/remove")

    assert page.status_code == 409
    assert Authenticator.objects.filter(pk=row.pk).exists()


# Sessions


def test_signing_out_everywhere_else_leaves_this_browser(officer, client):
    others = [freshly(officer), freshly(officer)]

    client.post("/security/sessions/end")

    assert client.get("/").status_code == 200
    assert [one.get("/").status_code for one in others] == [302, 302]
    assert "accounts.sessions_ended" in acts(officer)
