"""Catching up: at unlocking, what the recovery key does not open yet is sealed to it."""

from datetime import datetime
from uuid import UUID

import pyrage
import structlog
from django.db import connection

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.vault.errors import KeyNotTrusted
from himaya.vault.models import MemberWrap, RecoveryKey, RecoveryWrap
from himaya.vault.padding import unpad
from himaya.vault.recovery import keep_desks_waiting, key_in_force, recovery_wrap

log = structlog.get_logger("himaya.vault")


def cover(*, actor: Actor, private_key: str, at: datetime) -> None:
    """Seal what this officer opens and the recovery key does not, in the caller's transaction.

    There is such a key after a ceremony without the old shares, and after the very first one of a
    country whose desks had keys before. A recovery key that cannot be confirmed gets nothing.
    """
    key = key_in_force()
    if key is None or not _uncovered():
        return
    keep_desks_waiting()
    try:
        identity = pyrage.x25519.Identity.from_str(private_key)
        wraps = _wraps(key, _uncovered(), actor.officer_id, identity)
    except KeyNotTrusted as no:
        log.error("vault.recovery_key_not_trusted", **no.facts)
        return
    RecoveryWrap.objects.bulk_create(wraps)
    record(
        act="vault.recovery_covered",
        actor=actor,
        at=at,
        subject_id=key.pk,
        facts={"epochs": len(wraps)},
        rows=wraps,
    )


def _uncovered() -> list[UUID]:
    """Epochs whose key the acting officer holds and the recovery key in force does not open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM vault_uncovered()")
        return [epoch for (epoch,) in cursor.fetchall()]


def _wraps(
    key: RecoveryKey, epochs: list[UUID], officer_id: UUID | None, identity: pyrage.x25519.Identity
) -> list[RecoveryWrap]:
    wraps = MemberWrap.objects.filter(epoch__in=epochs, officer=officer_id)
    made = []
    for wrap in wraps.select_related("epoch"):
        opened = unpad(pyrage.decrypt(bytes(wrap.sealed), [identity])).decode()
        made.append(recovery_wrap(key, wrap.epoch, opened))
    return made
