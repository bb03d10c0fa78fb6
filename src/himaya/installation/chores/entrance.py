"""What the worker does for signing in: it forgets what is over, and counts wrong tries."""

from django.db import transaction

from himaya.accounts.sessions import forget_ended
from himaya.accounts.tries import count_wrong
from himaya.installation.clock import now
from himaya.kernel.access import job

ENTRANCE = job("entrance")


def forget_sessions() -> None:
    """Remove the sessions that are over, so that a clock that goes back revives none."""
    with transaction.atomic():
        forget_ended(now())


def count_wrong_tries() -> None:
    """Let the ledger know how many tries to sign in or to unlock were wrong."""
    with transaction.atomic():
        count_wrong(actor=ENTRANCE, at=now())
