"""How long ago an officer gave a second factor, and which: dangerous pages ask for a fresh one."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.contrib.sessions.backends.base import SessionBase

from himaya.accounts.sessions import JITTER

FRESH_FOR = timedelta(minutes=5)
GIVEN_AT, GIVEN_BY = "second_factor_at", "second_factor_by"


class Factor(StrEnum):
    """A second factor, as sessions and the ledger name it."""

    PASSKEY = "passkey"
    CODE = "code"
    RECOVERY_CODE = "recovery_code"


def given(session: SessionBase, factor: Factor, at: datetime) -> None:
    """The officer has just given this second factor."""
    session[GIVEN_AT], session[GIVEN_BY] = at.isoformat(), factor.value


def is_fresh(session: SessionBase, at: datetime, *, recovering: bool = False) -> bool:
    """True when a second factor was given within the last five minutes.

    recovering: whether a recovery code counts. It does where an officer replaces what they lost,
    and nowhere else: a sheet of paper is easier to take than a telephone.
    """
    if GIVEN_AT not in session:
        return False
    if session[GIVEN_BY] == Factor.RECOVERY_CODE and not recovering:
        return False
    return -JITTER <= at - datetime.fromisoformat(session[GIVEN_AT]) <= FRESH_FOR
