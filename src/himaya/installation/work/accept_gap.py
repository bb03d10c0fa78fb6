"""The keepers of the recovery key accept what the ledger lost, as the worker's database role."""

from argparse import Namespace

from django.db import transaction

from himaya.audit import witnessed
from himaya.config.env import environment
from himaya.installation.clock import now
from himaya.installation.comparison import ask_witnesses
from himaya.installation.failure import Failure
from himaya.installation.work import compare
from himaya.kernel.access import job
from himaya.kernel.errors import Refusal
from himaya.vault.acceptance import accept_gap


def run(options: Namespace) -> int:
    """Begin the ledger's next origin after the last head that any witness saw, and compare."""
    data = environment().data
    ask_witnesses(data)
    after = witnessed.newest(data)
    if after is None:
        raise Failure("No witness has seen this ledger: there is nothing to accept.")
    try:
        with transaction.atomic():
            origin = accept_gap(actor=job("restore"), secret=options.secret, after=after, at=now())
    except Refusal as refusal:
        raise Failure(refusal.sentence()) from refusal
    print(
        f"The loss of entries {origin.first} to {after.size - 1} was accepted. The ledger goes on "
        f"as {origin.name}; its first entry, {origin.first}, says so. Tell the witnesses."
    )
    return compare.run(options)
