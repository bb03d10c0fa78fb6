"""Somebody takes the whole database while officers are at work with their keys open.

The thief has every table as a superuser reads it, sessions and half-hour wraps among them, and
none of the key files. Each stored value is tried as a key, in each form, on everything sealed, and
what opens is tried on the rest, until nothing more opens.
"""

from contextlib import contextmanager, suppress

import pyrage
import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection

from himaya.agencies.models import Desk
from himaya.vault.keyring import sealed_for_cookie, unwrap
from himaya.vault.models import Grant, MemberWrap, Sealed, Unlock
from himaya.vault.padding import unpad
from tests.factories import cases, desk_of, offices
from tests.factories.stolen import everything_stored
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
STORY = "canary-story-He keeps the passports"


def somebody_at_work():
    """An officer who has signed in and unlocked, and words that their desk reads."""
    desk = offices.desk(Desk.Kind.CASEWORK)
    seat = desk_of.seat(desk)
    cases.compartment(cases.case(desk), desk, story=STORY)
    seat.browser().get("/")
    assert Unlock.objects.filter(officer=seat.officer).exists()
    return seat


def identities_in(content):
    """Private keys that lie in something opened, or stored, in clear."""
    with suppress(UnicodeDecodeError, pyrage.IdentityError):
        text = content.decode().strip()
        if text.startswith("AGE-SECRET-KEY-"):
            yield pyrage.x25519.Identity.from_str(text)


def opened_by_the_thief():
    """Everything that opens, beginning with nothing but the database."""
    stored = list(everything_stored())
    assert len(stored) > 300
    keys = [key for value in stored for key in identities_in(value)]
    for unlock in Unlock.objects.all():
        for value in stored:
            with suppress(InvalidTag, ValueError):
                wrapped = unwrap(value[-32:], bytes(unlock.sealed), unlock.officer_id)
                keys += identities_in(wrapped.encode())
    return _opened_with(keys)


def _opened_with(keys):
    layers = ((MemberWrap, "sealed"), (Grant, "sealed"), (Sealed, "content"))
    opened = []
    for model, column in layers:
        for sealed in model.objects.values_list(column, flat=True):
            with suppress(pyrage.DecryptError):
                content = unpad(pyrage.decrypt(bytes(sealed), keys)) if keys else b""
                keys = [*keys, *identities_in(content)]
                opened.append(content)
    return opened


@contextmanager
def secret_in_the_table():
    """As if the secret of the cookie were stored as well, wherever."""

    def careless(officer_id, private_key):
        secret, sealed = sealed_for_cookie(officer_id, private_key)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE agencies_desk SET label_en = %s", [secret])
        return secret, sealed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.factories.seats.sealed_for_cookie", careless)
        yield


@threat("B6", off=secret_in_the_table)
def test_a_stolen_database_with_officers_at_work_opens_nothing():
    somebody_at_work()

    opened = opened_by_the_thief()

    assert not any(STORY.encode() in content for content in opened)
