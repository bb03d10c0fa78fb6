"""What the worker does for retention and for the outbox."""

from himaya.installation.clock import now
from himaya.kernel.access import job
from himaya.notices.delivery import send_waiting
from himaya.retention.operations.foresee import foresee
from himaya.retention.operations.mend import mend_file
from himaya.retention.operations.shred import erase_ordered, shred_due

RETENTION = job("retention")
MOST_BATCHES = 10  # in one round: the ledger waits meanwhile


def send_notices() -> None:
    """Send what waits in the outbox."""
    send_waiting(actor=job("outbox"), at=now())


def erase() -> None:
    """Carry out erasures that two persons have agreed on."""
    erase_ordered(actor=RETENTION, at=now())


def retain() -> None:
    """Destroy what is over, note what falls due, and keep the file of tombstones whole."""
    for _batch in range(MOST_BATCHES):
        if not shred_due(actor=RETENTION, at=now()):
            break
    foresee(actor=RETENTION, at=now())
    mend_file(actor=RETENTION, at=now())
