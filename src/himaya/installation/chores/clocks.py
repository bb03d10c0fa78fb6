"""What the worker does when time has passed: deadlines, silent desks, openings nobody explains."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from django.db import transaction

from himaya.accountability.operations.scan import scan
from himaya.cases.operations.by_itself import take_due
from himaya.clocks.operations.calling import call, lapse
from himaya.clocks.operations.mending import bring_forward
from himaya.directory.queries import on_duty
from himaya.installation.clock import now
from himaya.kernel.access import job
from himaya.referrals.operations.escalating import escalate_silent as wake_for_silence
from himaya.reporting.operations.compare import compare_new
from himaya.reporting.operations.escalate import escalate_silent

CLOCKS = job("clocks")
MOST_BATCHES = 20  # in one round: the ledger waits meanwhile


def reached(by_database: datetime) -> datetime:
    """The moment that has surely come: what this machine's clock or the database's says, the later.

    A clock that went back, or stands still, then hides no deadline while the other goes on.
    """
    return max(by_database, datetime.now(UTC))


def count_deadlines() -> None:
    """Let happen what time alone brings about, and tell whoever must know what is late."""
    for what in (bring_forward, take_due, lapse, partial(call, on_duty=on_duty)):
        for _batch in range(MOST_BATCHES):
            if not _one_batch(what):
                break


def _one_batch(what: Callable[..., int]) -> int:
    with transaction.atomic():
        at = now()
        return what(actor=CLOCKS, reached=reached(at), at=at)


def wake_second_desks() -> None:
    """Let the second desk take over where the first was silent."""
    with transaction.atomic():
        escalate_silent(actor=job("clocks"), at=now())


def compare_reports() -> None:
    """Find out which new reports are like others of the same desk, some at a time."""
    for _batch in range(MOST_BATCHES):
        with transaction.atomic():
            if not compare_new(actor=job("likeness"), at=now()):
                break


def wake_for_silent_referrals() -> None:
    """Wake the second desk of every referral that nobody answered in time, some at a time."""
    more = True
    while more:
        with transaction.atomic():
            more = wake_for_silence(actor=job("clocks"), at=now()) > 0


def watch_openings() -> None:
    """Read the ledger on for openings that nothing explains."""
    while scan(actor=job("watch"), at=now()):
        pass
