"""Giving a desk's keys to an officer with shares of the recovery key, as the tables' owner."""

from argparse import Namespace

from django.db import transaction

from himaya.accounts.models import Officer
from himaya.agencies.models import Desk
from himaya.installation.clock import now
from himaya.installation.failure import Failure
from himaya.installation.handing_out import secret_of
from himaya.kernel.access import job
from himaya.kernel.errors import Refusal
from himaya.vault.recovering import recover_desk
from himaya.vault.recovery_secret import RecoverySecret


def run(options: Namespace) -> int:
    """Open the recovery key in memory, use it once, and say what was done."""
    desk = Desk.objects.filter(code=options.desk).first()
    if desk is None:
        raise Failure(f"There is no desk {options.desk}.")
    officer = Officer.objects.filter(username=options.officer).first()
    if officer is None:
        raise Failure(f"There is no officer {options.officer}.")
    secret = RecoverySecret(secret_of(options.share))
    try:
        with transaction.atomic():
            opened = recover_desk(
                actor=job("recovery"),
                secret=secret,
                desk_id=desk.pk,
                officer_id=officer.pk,
                at=now(),
            )
    except Refusal as refusal:
        raise Failure(refusal.sentence()) from refusal
    print(f"{options.officer} was given {opened} keys of {options.desk}. The ledger says so.")
    return 0
