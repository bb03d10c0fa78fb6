"""What the worker does for the hotline: it ends calls that nobody ends, and forgets numbers."""

from django.db import transaction

from himaya.hotline.numbers import forget, remembered_since
from himaya.hotline.operations.end import lapse
from himaya.installation.clock import now
from himaya.kernel.access import job

HOTLINE = job("hotline")


def end_silent_calls() -> None:
    """End calls that nobody touched for a day, and destroy what was noted of them."""
    with transaction.atomic():
        lapse(actor=HOTLINE, at=now())


def forget_callers() -> None:
    """Forget who called, once the country's time for it is over."""
    with transaction.atomic():
        forget(remembered_since(now()))
