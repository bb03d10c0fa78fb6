"""Sealing desks' keys to the recovery key. Its private half is nowhere but in word shares."""

import pyrage
from django.db import connection

from himaya.vault.errors import KeyNotTrusted
from himaya.vault.keys import check_recovery_key
from himaya.vault.models import DeskEpoch, RecoveryKey, RecoveryWrap
from himaya.vault.padding import unpad
from himaya.vault.seal import sealed_to

LOCK = 0x48494D42  # a ceremony waits for desks that are being given a key, and they for it
TOGETHER = "SELECT pg_advisory_xact_lock_shared(%s)"
ALONE = "SELECT pg_advisory_xact_lock(%s)"


def recovery_wraps(epoch: DeskEpoch, private_key: str) -> list[RecoveryWrap]:
    """A desk's private key sealed to the recovery key in force; none before the first ceremony.

    Saved, not recorded: the rows go into the caller's act. Raises KeyNotTrusted when the registrar
    did not sign the recovery key.
    """
    _wait(TOGETHER)
    key = key_in_force()
    if key is None:
        return []
    return RecoveryWrap.objects.bulk_create([recovery_wrap(key, epoch, private_key)])


def recovery_wrap(key: RecoveryKey, epoch: DeskEpoch, private_key: str) -> RecoveryWrap:
    """A desk's private key sealed to a recovery key, not saved. Raises KeyNotTrusted."""
    check_recovery_key(key)
    sealed = sealed_to([key.public_key], private_key.encode())
    return RecoveryWrap(epoch=epoch, recovery_key=key, sealed=sealed)


def open_recovery_wrap(wrap: RecoveryWrap, identity: pyrage.x25519.Identity) -> str:
    """The desk's private key.

    Raises pyrage.DecryptError for any other identity, and KeyNotTrusted when what lies in the wrap
    is not the key of its epoch.
    """
    opened = unpad(pyrage.decrypt(bytes(wrap.sealed), [identity])).decode()
    if str(pyrage.x25519.Identity.from_str(opened).to_public()) != wrap.epoch.public_key:
        raise KeyNotTrusted(desk=wrap.epoch.desk_id, epoch=wrap.epoch.number)
    return opened


def key_in_force() -> RecoveryKey | None:
    """The recovery key that new desk epochs are sealed to."""
    return RecoveryKey.objects.filter(retired_at__isnull=True).first()


def keep_desks_waiting() -> None:
    """Until this transaction ends, no desk is given a key: none slips past a ceremony."""
    _wait(ALONE)


def _wait(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [LOCK])
