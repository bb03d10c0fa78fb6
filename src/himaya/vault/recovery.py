"""Sealing desks' keys to the recovery key. Its private half is nowhere but in word shares."""

from himaya.vault.keys import check_recovery_key
from himaya.vault.models import DeskEpoch, RecoveryKey, RecoveryWrap
from himaya.vault.seal import sealed_to


def recovery_wraps(epoch: DeskEpoch, private_key: str) -> list[RecoveryWrap]:
    """A desk's private key sealed to the recovery key in force; none before the first ceremony.

    Saved, not recorded: the rows go into the caller's act. Raises KeyNotTrusted when the registrar
    did not sign the recovery key.
    """
    key = RecoveryKey.objects.filter(retired_at__isnull=True).first()
    if key is None:
        return []
    check_recovery_key(key)
    sealed = sealed_to([key.public_key], private_key.encode())
    return RecoveryWrap.objects.bulk_create(
        [RecoveryWrap(epoch=epoch, recovery_key=key, sealed=sealed)]
    )
