"""Unlocking and locking."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotPermitted
from himaya.vault.keyring import UNLOCKED_FOR, open_member_key, sealed_for_cookie
from himaya.vault.models import Unlock


def _officer_of(actor: Actor) -> UUID:
    if actor.officer_id is None:
        raise NotPermitted(actor=actor.name)
    return actor.officer_id


@transaction.atomic
def unlock(*, actor: Actor, passphrase: str, at: datetime) -> str:
    """Open the officer's own key for half an hour; returns the cookie that holds the secret.

    The database keeps the key only sealed under that secret. Raises NoKey or WrongPassphrase.
    """
    officer_id = _officer_of(actor)
    secret, sealed = sealed_for_cookie(officer_id, open_member_key(officer_id, passphrase))
    Unlock.objects.filter(officer_id=officer_id, expires_at__lte=at).delete()
    row = Unlock(officer_id=officer_id, sealed=sealed, expires_at=at + UNLOCKED_FOR)
    row.save(force_insert=True)
    record(act="vault.unlocked", actor=actor, at=at, subject_id=officer_id)
    return f"{row.id}.{secret}"


@transaction.atomic
def lock(*, actor: Actor, at: datetime) -> None:
    """Forget the officer's opened keys, on every device."""
    officer_id = _officer_of(actor)
    Unlock.objects.filter(officer_id=officer_id).delete()
    record(act="vault.locked", actor=actor, at=at, subject_id=officer_id)
