"""Unlocking with a passkey, where it can derive a secret (WebAuthn PRF).

The browser asks the passkey to derive 32 bytes from a salt of our own, after the officer has shown
finger, face or PIN. What grows out of them wraps the officer's private key, beside the wrap of the
passphrase. The 32 bytes are never stored, and no other salt gives the same.
"""

from binascii import Error as NotBase64
from datetime import datetime
from secrets import token_bytes
from uuid import UUID

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import transaction
from django.db.models import QuerySet

from himaya.accounts.passkeys import bytes_of, text_of
from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotPermitted
from himaya.vault.covering import cover
from himaya.vault.errors import NoPasskeyKey, NothingDerived
from himaya.vault.keyring import Keyring, kept_open, unwrap, wrap
from himaya.vault.keys import KEY_BYTES
from himaya.vault.models import MemberKey, PasskeyWrap

CONTEXT = b"himaya member key under a passkey v1"


def wraps_of(officer_id: UUID) -> QuerySet[PasskeyWrap]:
    """The officer's key as their passkeys open it."""
    return PasskeyWrap.objects.filter(officer_id=officer_id)


def new_salt() -> bytes:
    """What a passkey is to derive from, for one wrap."""
    return token_bytes(KEY_BYTES)


def question(salts: dict[bytes, bytes]) -> dict[str, object]:
    """The extension that asks for derived bytes: passkey's id → salt."""
    asked = {text_of(credential): {"first": text_of(salt)} for credential, salt in salts.items()}
    return {"prf": {"evalByCredential": asked}}


@transaction.atomic
def let_unlock(
    *,
    actor: Actor,
    keyring: Keyring,
    credential: bytes,
    salt: bytes,
    derived: str,
    at: datetime,
) -> PasskeyWrap:
    """From now on this passkey opens the officer's key too. derived: as the browser sent it.

    Raises NothingDerived when the passkey or the browser derives nothing.
    """
    key = _key(derived, keyring.officer_id, credential)
    former = list(wraps_of(keyring.officer_id).filter(credential=credential))
    made = PasskeyWrap(
        officer_id=keyring.officer_id,
        credential=credential,
        salt=salt,
        sealed=wrap(key, str(keyring.identity), keyring.officer_id),
        made_at=at,
    )
    PasskeyWrap.objects.filter(id__in=[one.pk for one in former]).delete()
    made.save(force_insert=True)
    record(
        act="vault.passkey_unlocks",
        actor=actor,
        at=at,
        subject_id=keyring.officer_id,
        rows=[made],
        gone=former,
    )
    return made


@transaction.atomic
def forget(*, actor: Actor, credential: bytes, at: datetime) -> None:
    """The passkey opens the officer's key no more."""
    gone = list(wraps_of(_officer_of(actor)).filter(credential=credential))
    if gone:
        PasskeyWrap.objects.filter(id__in=[one.pk for one in gone]).delete()
        record(
            act="vault.passkey_unlocks_no_more",
            actor=actor,
            at=at,
            subject_id=actor.officer_id,
            gone=gone,
        )


@transaction.atomic
def unlock(*, actor: Actor, credential: bytes, derived: str, at: datetime) -> str:
    """Open the officer's own key for half an hour; returns the cookie that holds the secret.

    credential: of a passkey that was just shown. Raises NothingDerived or NoPasskeyKey.
    """
    officer_id = _officer_of(actor)
    private_key = opened_by(officer_id, credential, derived)
    cookie = kept_open(officer_id, private_key, at)
    how = {"with": "passkey"}
    record(act="vault.unlocked", actor=actor, at=at, subject_id=officer_id, facts=how)
    cover(actor=actor, private_key=private_key, at=at)
    return cookie


def opened_by(officer_id: UUID, credential: bytes, derived: str) -> str:
    """The officer's private key, opened with what their passkey derived.

    Raises NothingDerived, or NoPasskeyKey when this passkey opens no key that is in force: the
    officer was given a new one since, or the wrap is not theirs.
    """
    found = wraps_of(officer_id).filter(credential=credential).first()
    key = _key(derived, officer_id, credential)
    if found is None:
        raise NoPasskeyKey(officer=officer_id)
    try:
        private_key = unwrap(key, bytes(found.sealed), officer_id)
    except InvalidTag as wrong:
        raise NoPasskeyKey(officer=officer_id) from wrong
    public_key = str(pyrage.x25519.Identity.from_str(private_key).to_public())
    if not MemberKey.objects.filter(officer_id=officer_id, public_key=public_key).exists():
        raise NoPasskeyKey(officer=officer_id)
    return private_key


def _officer_of(actor: Actor) -> UUID:
    if actor.officer_id is None:
        raise NotPermitted(actor=actor.name)
    return actor.officer_id


def _key(derived: str, officer_id: UUID, credential: bytes) -> bytes:
    try:
        raw = bytes_of(derived)
    except (NotBase64, ValueError) as unreadable:
        raise NothingDerived from unreadable
    if len(raw) != KEY_BYTES:
        raise NothingDerived
    context = b"\n".join([CONTEXT, officer_id.bytes, credential])
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=context).derive(raw)
