"""The last step of a restore, as the worker: what was erased is erased again, nobody is signed in,
and the ledger is told."""

from argparse import Namespace

from django.db import transaction

from himaya.accounts.models import Session
from himaya.audit.record import record
from himaya.config.env import environment
from himaya.installation.clock import now
from himaya.installation.place import Place
from himaya.installation.progress import say
from himaya.kernel.access import job
from himaya.retention.replay import replay

RESTORE = job("restore")


def run(options: Namespace) -> int:
    """Do all of it, in one transaction."""
    place = Place(environment().data)
    with transaction.atomic():
        at = now()
        record(act="installation.restored", actor=RESTORE, at=at)
        replayed = replay(tombstones=place.tombstones, actor=RESTORE, at=at)
        Session.objects.all().delete()
    say(f"{replayed.again} parts that had been erased since are erased again")
    if replayed.refused:
        say(f"{replayed.refused} lines of the tombstones are not this installation's")
    return 0
