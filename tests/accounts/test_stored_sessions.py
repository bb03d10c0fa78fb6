"""Sessions: worth nothing to a thief of the database, ended at once, never revived."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.contrib.sessions.backends import db as djangos
from django.db import connection
from django.db.models import F
from django.test import Client

from himaya.accounts import sessions, stored_sessions
from himaya.accounts.models import Officer, Session
from himaya.accounts.security import end_sessions
from himaya.accounts.stored_sessions import SessionStore, hidden
from himaya.audit.models import Pending
from tests.factories import seats
from tests.factories.officers import PASSPHRASE, code_now, make_officer, signed_in
from tests.factories.signed import SiteClient, make_fresh, sign_in
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
COOKIE = "__Host-session"
TEN_YEARS = timedelta(days=3650)


@pytest.fixture
def officer():
    return make_officer()


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def dumped() -> list[str]:
    """Everything that a thief of the table of sessions reads."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_session")
        return [str(value) for row in cursor.fetchall() for value in row]


def opened_by(cookie: str) -> bool:
    thief = Client()
    thief.cookies[COOKIE] = cookie
    return is_in(thief)


def keys_in_clear():
    return mock.patch.object(stored_sessions, "hidden", lambda key: key)


@threat("B6", off=keys_in_clear)
def test_a_stolen_table_of_sessions_signs_nobody_in(officer):
    client = signed_in(officer)
    assert is_in(client)

    assert len(dumped()) > 5
    assert [value for value in dumped() if opened_by(value)] == []


def test_the_table_holds_a_hash_of_the_cookie_and_no_cookie(officer):
    client = signed_in(officer)
    key = client.cookies[COOKIE].value

    assert hidden(key) in dumped()
    assert not any(key in value for value in dumped())


def test_a_key_that_exists_is_known_to_exist(officer):
    key = signed_in(officer).cookies[COOKIE].value

    assert SessionStore().exists(key)
    assert not SessionStore().exists(hidden(key))
    assert not SessionStore().exists(None)


def test_no_address_and_no_name_of_a_browser_is_kept(officer):
    client = Client(headers={"user-agent": "canary-browser"}, REMOTE_ADDR="198.51.100.77")
    sign_in(officer, client)
    client.get("/")

    assert not any("canary-browser" in value or "198.51" in value for value in dumped())


def keys_stay():
    """As if signing in kept the key that the browser had before."""
    return mock.patch.object(SessionStore, "cycle_key", return_value=None)


@threat("C2", off=keys_stay)
def test_a_key_from_before_signing_in_opens_nothing_after(officer):
    client = SiteClient()
    client.post("/language", {"language": "en"})
    planted = client.cookies[COOKIE].value
    client.post("/login", {"login": officer.username, "password": PASSPHRASE})
    client.post("/login/code", {"code": code_now()})
    assert is_in(client)

    assert not opened_by(planted)


@threat("C2", off=keys_stay)
def test_confirming_a_second_factor_changes_the_key(officer):
    client = signed_in(officer)
    before = client.cookies[COOKIE].value

    assert client.post("/again", {"code": code_now()}).status_code == 302

    assert not opened_by(before)
    assert is_in(client)


def still_let_in():
    """As if an officer were looked up without asking whether they still work here."""
    return mock.patch(
        "allauth.account.auth_backends.AuthenticationBackend.user_can_authenticate",
        return_value=True,
    )


@threat("B3", off=still_let_in)
def test_a_suspended_officer_is_out_with_the_next_request(officer):
    client = signed_in(officer)
    assert is_in(client)

    Officer.objects.filter(pk=officer.pk).update(is_active=False)

    assert not is_in(client)


def test_ending_all_sessions_ends_every_browser_of_this_officer_only(officer):
    other = make_officer()
    browsers = [signed_in(officer), signed_in(officer), signed_in(other)]

    assert sessions.end_all(officer.pk) == 2

    assert [is_in(client) for client in browsers] == [False, False, True]


def test_the_officer_ends_the_others_and_the_ledger_says_how_many(officer):
    here, there = signed_in(officer), signed_in(officer)
    kept = hidden(here.cookies[COOKIE].value)

    ended = end_sessions(actor=seats.actor_of_officer(officer), but=[kept], at=datetime.now(UTC))

    assert ended == 1
    assert (is_in(here), is_in(there)) == (True, False)
    assert Pending.objects.get(act="accounts.sessions_ended").facts == '{"sessions":1}'


def move_clock(by: timedelta) -> None:
    """The database's clock jumps: everything in the table lies that much the other way."""
    Session.objects.update(
        expire_date=F("expire_date") - by, began_at=F("began_at") - by, seen_at=F("seen_at") - by
    )
    for row in Session.objects.all():
        data = SessionStore().decode(row.session_data)
        for name in {sessions.BEGAN, sessions.SEEN} & set(data):
            data[name] = (datetime.fromisoformat(data[name]) - by).isoformat()
        Session.objects.filter(pk=row.pk).update(session_data=SessionStore().encode(data))


@contextmanager
def going_back_unnoticed():
    far = 2 * TEN_YEARS
    with (
        mock.patch.object(stored_sessions, "JITTER", far),
        mock.patch.object(sessions, "JITTER", far),
    ):
        yield


@threat("D6", off=going_back_unnoticed)
def test_a_clock_that_went_back_ten_years_lets_nobody_stay_signed_in(officer):
    idle, busy = signed_in(officer), signed_in(make_officer())
    assert is_in(idle)
    assert is_in(busy)

    move_clock(-TEN_YEARS)

    assert not is_in(idle)
    assert not is_in(busy)
    assert is_in(signed_in(officer)), "signing in again works at once"


def over_but_kept():
    return mock.patch.object(Session, "delete", return_value=None)


@threat("D6", off=over_but_kept)
def test_what_was_over_while_the_clock_was_a_day_ahead_stays_over(officer):
    client = signed_in(officer)
    assert is_in(client)

    move_clock(timedelta(days=1))
    key = client.cookies[COOKIE].value
    assert not opened_by(key)
    move_clock(timedelta(days=-1))

    assert not opened_by(key)


def test_the_clock_of_the_process_counts_for_nothing(officer, monkeypatch):
    client = signed_in(officer)
    assert is_in(client)
    Session.objects.update(expire_date=datetime.now(UTC) - timedelta(seconds=1))

    monkeypatch.setattr(djangos.timezone, "now", lambda: datetime.now(UTC) - TEN_YEARS)

    assert not is_in(client)


def test_sessions_that_are_over_are_forgotten_and_others_kept(officer):
    over, live = signed_in(officer), signed_in(officer)
    now = datetime.now(UTC)
    Session.objects.filter(pk=hidden(over.cookies[COOKIE].value)).update(expire_date=now)

    assert sessions.forget_ended(now) == 1
    assert is_in(live)


@pytest.mark.parametrize(
    ("began", "seen", "end"),
    [
        (0, 0, 30),
        (0, 60, 90),
        (0, 700, 720),
        (0, 719, 720),
    ],
)
def test_a_session_ends_by_whichever_comes_first(began, seen, end):
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)

    assert sessions.ends(
        noon + timedelta(minutes=began), noon + timedelta(minutes=seen)
    ) == noon + timedelta(minutes=end)


def test_a_session_ended_while_a_page_is_made_is_not_saved_again(officer):
    client = make_fresh(signed_in(officer))
    key = client.cookies[COOKIE].value
    loaded = SessionStore(key)
    assert loaded.get("second_factor_by")

    sessions.end_all(officer.pk)

    with pytest.raises(djangos.UpdateError):
        loaded.save()
    assert not opened_by(key)
