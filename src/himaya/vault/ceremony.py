"""A new recovery key: signed by the registrar, given every desk's epochs; the old one is dead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.vault.errors import NotTheRecoveryKey, RecoveryKeyInForce
from himaya.vault.keys import check_recovery_key, recovery_key_statement
from himaya.vault.models import DeskEpoch, RecoveryKey, RecoveryWrap
from himaya.vault.recovery import (
    keep_desks_waiting,
    key_in_force,
    open_recovery_wrap,
    recovery_wrap,
)
from himaya.vault.recovery_secret import RecoverySecret


@dataclass(frozen=True, slots=True)
class Custody:
    """Who keeps the shares of a recovery key. bodies: codes of agencies; needed: how many open."""

    bodies: Sequence[str]
    needed: int


@dataclass(frozen=True, slots=True)
class Replaced:
    """The key in force now. uncovered: epochs of desks that it does not open yet."""

    key: RecoveryKey
    covered: int
    uncovered: int


@transaction.atomic
def replace_recovery_key(
    *,
    actor: Actor,
    secret: RecoverySecret,
    custody: Custody,
    registrar: Ed25519PrivateKey,
    former: RecoverySecret | None,
    former_is_lost: bool = False,
    at: datetime,
) -> Replaced:
    """Put a new recovery key in force and retire the old one, whose wraps are deleted.

    former: the old key, opened with its shares: every epoch that it opens is sealed to the new
    one. When its shares are lost, epochs are covered as members of the desks unlock.
    Raises RecoveryKeyInForce, NotTheRecoveryKey or KeyNotTrusted; then nothing has changed.
    """
    keep_desks_waiting()
    retired = key_in_force()
    _check_former(retired, former, is_lost=former_is_lost)
    opened = _opened(retired, former)
    gone = list(RecoveryWrap.objects.filter(recovery_key=retired)) if retired else []
    if retired is not None:
        retired.retired_at = at
        retired.save(update_fields=["retired_at"])
    key = _signed_key(secret, custody, registrar, at)
    wraps = [recovery_wrap(key, epoch, private_key) for epoch, private_key in opened]
    RecoveryWrap.objects.bulk_create(wraps)
    record(
        act="vault.recovery_key_made",
        actor=actor,
        at=at,
        subject_id=key.pk,
        facts={"number": key.number, "opens_with": key.opens_with, "bodies": key.bodies},
        rows=[key, *wraps, *([retired] if retired else [])],
        gone=gone,
    )
    _forget(gone)
    return Replaced(key, len(wraps), DeskEpoch.objects.count() - len(wraps))


def _check_former(
    retired: RecoveryKey | None, former: RecoverySecret | None, *, is_lost: bool
) -> None:
    if former is not None and (retired is None or former.public_key() != retired.public_key):
        raise NotTheRecoveryKey
    if retired is not None and former is None and not is_lost:
        raise RecoveryKeyInForce(number=retired.number)


def _opened(
    retired: RecoveryKey | None, former: RecoverySecret | None
) -> list[tuple[DeskEpoch, str]]:
    """Every desk epoch that the old key opens, with its private key."""
    if retired is None or former is None:
        return []
    identity = former.identity()
    wraps = RecoveryWrap.objects.filter(recovery_key=retired).select_related("epoch")
    return [(wrap.epoch, open_recovery_wrap(wrap, identity)) for wrap in wraps]


def _forget(wraps: Sequence[RecoveryWrap]) -> None:
    """What the old key opened is not there any more: its shares open nothing."""
    RecoveryWrap.objects.filter(pk__in=[wrap.pk for wrap in wraps]).delete()


def _signed_key(
    secret: RecoverySecret, custody: Custody, registrar: Ed25519PrivateKey, at: datetime
) -> RecoveryKey:
    key = RecoveryKey(
        number=RecoveryKey.objects.count() + 1,
        public_key=secret.public_key(),
        signing_key=secret.signing_key(),
        opens_with=custody.needed,
        bodies=" ".join(custody.bodies),
        made_at=at,
    )
    key.signature = registrar.sign(recovery_key_statement(key))
    check_recovery_key(key)
    key.save(force_insert=True)
    return key
