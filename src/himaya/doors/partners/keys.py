"""Keys of partners: shown once when made, known again by a keyed digest."""

import re
from secrets import token_urlsafe

from django.db import connection

from himaya.doors.errors import NoSuchKey
from himaya.doors.intake import keyed

PREFIX = "hmyp_"  # so that a search for secrets finds one that was left in a program
RANDOM_BYTES = 32
KEY = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")


def new_key() -> str:
    """A key that was never given."""
    return PREFIX + token_urlsafe(RANDOM_BYTES)


def digest_of(key: str) -> bytes:
    """What is stored of a key. Nobody finds the key from it, with or without our secret."""
    return keyed("partner key", key.encode())


def partner_of(shown: str) -> bytes:
    """The partner whose key this is, as bytes of its id. Raises NoSuchKey unless it is in force."""
    if not KEY.fullmatch(shown):
        raise NoSuchKey
    with connection.cursor() as cursor:
        cursor.execute("SELECT doors_partner_of(%s)", [digest_of(shown)])
        row = cursor.fetchone()
    if row is None:
        raise NoSuchKey
    partner_id: bytes = row[0].bytes
    return partner_id
