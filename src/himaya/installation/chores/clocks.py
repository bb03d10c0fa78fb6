"""What the worker does when time has passed: silent desks, and openings that nothing explains."""

from django.db import transaction

from himaya.accountability.operations.scan import scan
from himaya.installation.clock import now
from himaya.kernel.access import job
from himaya.reporting.operations.escalate import escalate_silent


def wake_second_desks() -> None:
    """Let the second desk take over where the first was silent."""
    with transaction.atomic():
        escalate_silent(actor=job("clocks"), at=now())


def watch_openings() -> None:
    """Read the ledger on for openings that nothing explains."""
    while scan(actor=job("watch"), at=now()):
        pass
