"""Who called before: a number becomes a keyed token, which only counts.

The token is of a purpose of its own: beside those of names and cases it tells nothing.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from uuid import UUID

from django.db import connection

from himaya.config.env import environment
from himaya.hotline.errors import NoNumber, TooManyNumbers
from himaya.packs.calendar import due_at
from himaya.packs.loader import current
from himaya.vault.tokens import Domain, normalised


@dataclass(frozen=True, slots=True)
class Hint:
    """What is known of a number. earlier: calls from it. waits: an open report came of one."""

    earlier: int
    last_at: datetime | None
    waits: bool


@cache
def _key() -> bytes:
    return environment().secret("tokens")


def token_of_caller(typed: str) -> bytes:
    """The token of a number in any form and any script's digits. Raises NoNumber."""
    form = normalised(Domain.PHONE, typed)
    if not form:
        raise NoNumber
    return hmac.digest(_key(), f"himaya caller v1\n{form}\n".encode(), sha256)


def remembered_since(at: datetime) -> datetime:
    """From when on calls are counted, by the country's own setting."""
    pack = current()
    return at - (due_at(at, pack.clock("remember_caller"), pack.calendar) - at)


def called_before(call_id: UUID, token: bytes, since: datetime) -> Hint:
    """What is known of the number of a call that goes on, and remember it. Raises TooManyNumbers.

    In the caller's transaction. since: what is older is not counted.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT too_often, earlier, last_at, waits FROM hotline_called_before(%s, %s, %s)",
            [call_id, token, since],
        )
        too_often, earlier, last_at, waits = cursor.fetchone()
    if too_often:
        raise TooManyNumbers(call=call_id)
    return Hint(earlier, last_at, waits)


def filed(call_id: UUID, report_id: UUID) -> None:
    """A report came of this call: the next call from the same number is told whether it waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hotline_filed(%s, %s)", [call_id, report_id])


def forget(before: datetime) -> int:
    """Forget numbers of calls from before a moment; returns how many. For the worker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hotline_forget_callers(%s)", [before])
        return int(cursor.fetchone()[0])
