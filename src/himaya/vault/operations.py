"""Unlocking and locking."""

from dataclasses import replace
from datetime import datetime
from secrets import token_bytes
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.vault.covering import cover
from himaya.vault.enrol import SALT_BYTES
from himaya.vault.keyring import kept_open, open_member_key, wrap
from himaya.vault.keys import passphrase_key
from himaya.vault.models import MemberKey, MemberWrap, Unlock
from himaya.vault.rules import check_is_officer, check_passphrase
from himaya.vault.turning import Turned, found_anew, turn


@transaction.atomic
def unlock(*, actor: Actor, passphrase: str, at: datetime) -> str:
    """Open the officer's own key for half an hour; returns the cookie that holds the secret.

    The database keeps the key only sealed under that secret. Raises NoKey or WrongPassphrase.
    """
    officer_id = check_is_officer(actor)
    private_key = open_member_key(officer_id, passphrase)
    cookie = kept_open(officer_id, private_key, at)
    record(act="vault.unlocked", actor=actor, at=at, subject_id=officer_id)
    cover(actor=actor, private_key=private_key, at=at)
    return cookie


@transaction.atomic
def note_refused_unlock(*, actor: Actor, refusal: str, at: datetime) -> None:
    """Keep in the ledger that somebody who has signed in as this officer could not unlock.

    Apart from `unlock`, whose transaction a refusal undoes.
    """
    record(
        act="vault.unlock_refused",
        actor=actor,
        at=at,
        subject_id=check_is_officer(actor),
        facts={"refusal": refusal},
    )


@transaction.atomic
def change_passphrase(*, actor: Actor, passphrase: str, new: str, at: datetime) -> None:
    """Put the officer's own key under a new passphrase. They know the old one.

    The key stays the same, so no desk has to admit them again. Whatever they had unlocked is
    locked, on every device. Raises NoKey, WrongPassphrase or TooEasy; then nothing has changed.
    """
    officer_id = check_is_officer(actor)
    check_passphrase(new)
    private_key = open_member_key(officer_id, passphrase)
    key = MemberKey.objects.get(officer_id=officer_id)
    key.salt = token_bytes(SALT_BYTES)
    key.sealed = wrap(passphrase_key(new, key.salt), private_key, officer_id)
    key.save(update_fields=["salt", "sealed"])
    Unlock.objects.filter(officer_id=officer_id).delete()
    record(act="vault.passphrase_changed", actor=actor, at=at, subject_id=officer_id, rows=[key])


@transaction.atomic
def lock(*, actor: Actor, at: datetime) -> None:
    """Forget the officer's opened keys, on every device."""
    officer_id = check_is_officer(actor)
    Unlock.objects.filter(officer_id=officer_id).delete()
    record(act="vault.locked", actor=actor, at=at, subject_id=officer_id)


@transaction.atomic
def rotate(*, actor: Actor, desk_id: UUID, at: datetime) -> Turned:
    """Give a desk its next key, to be signed by the registrar. For the registrar's command.

    A desk whose key nobody holds gets one for every officer who sits there and has a key of their
    own; what it received before stays shut to them. Raises KeyNotTrusted.
    """
    turned = turn(desk_id=desk_id, at=at)
    if not any(isinstance(row, MemberWrap) for row in turned.rows):
        anew = found_anew(desk_id=desk_id, at=at)
        turned = replace(anew, rows=[*turned.rows, *anew.rows]) if anew.proposal else turned
    record(
        act="vault.desk_key_turned",
        actor=actor,
        at=at,
        subject_id=desk_id,
        desk_id=desk_id,
        rows=turned.rows,
    )
    return turned
