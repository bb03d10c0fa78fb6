"""The keys of an officer who has unlocked, for the length of one request."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_bytes
from uuid import UUID

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.http import HttpRequest

from himaya.vault.errors import Locked, NoKey, WrongPassphrase
from himaya.vault.keys import KEY_BYTES, passphrase_key
from himaya.vault.models import MemberKey, Unlock

COOKIE = "__Host-unlock"
UNLOCKED_FOR = timedelta(minutes=30)
NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Keyring:
    """One officer's opened private key, in memory only."""

    officer_id: UUID
    identity: pyrage.x25519.Identity


def wrap(key: bytes, secret: str, context: UUID) -> bytes:
    """A secret under a 32-byte key, bound to the officer it belongs to."""
    nonce = token_bytes(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, secret.encode(), context.bytes)


def unwrap(key: bytes, wrapped: bytes, context: UUID) -> str:
    """The secret that was wrapped. Raises InvalidTag for any other key or officer."""
    nonce, ciphertext = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
    return ChaCha20Poly1305(key).decrypt(nonce, ciphertext, context.bytes).decode()


def open_member_key(officer_id: UUID, passphrase: str) -> str:
    """The officer's private key, opened with their passphrase.

    Raises NoKey when they have none and WrongPassphrase when it does not open.
    """
    key = MemberKey.objects.filter(officer_id=officer_id).first()
    if key is None:
        raise NoKey(officer=officer_id)
    try:
        return unwrap(passphrase_key(passphrase, bytes(key.salt)), bytes(key.sealed), officer_id)
    except InvalidTag as wrong:
        raise WrongPassphrase(officer=officer_id) from wrong


def sealed_for_cookie(officer_id: UUID, private_key: str) -> tuple[str, bytes]:
    """A fresh cookie secret in hexadecimal, and the private key sealed under it."""
    secret = token_bytes(KEY_BYTES)
    return secret.hex(), wrap(secret, private_key, officer_id)


def kept_open(officer_id: UUID, private_key: str, at: datetime) -> str:
    """The cookie of an officer who has just opened their key; it opens for half an hour.

    In the caller's transaction. The database keeps the key under the cookie's secret only.
    """
    secret, sealed = sealed_for_cookie(officer_id, private_key)
    Unlock.objects.filter(officer_id=officer_id, expires_at__lte=at).delete()
    row = Unlock(officer_id=officer_id, sealed=sealed, expires_at=at + UNLOCKED_FOR)
    row.save(force_insert=True)
    return f"{row.id}.{secret}"


def keyring_of(request: HttpRequest) -> Keyring:
    """The keyring of the officer who unlocked, from their cookie.

    Raises Locked when the cookie is missing, foreign, or its time is over.
    """
    officer_id = request.actor.officer_id  # type: ignore[attr-defined]  # set by officer_page
    at = request.at  # type: ignore[attr-defined]
    try:
        unlock_id, secret = request.COOKIES[COOKIE].split(".")
        unlock = Unlock.objects.get(id=UUID(unlock_id), officer_id=officer_id, expires_at__gt=at)
        private_key = unwrap(bytes.fromhex(secret), bytes(unlock.sealed), officer_id)
    except (KeyError, ValueError, Unlock.DoesNotExist, InvalidTag) as no:
        raise Locked from no
    return Keyring(officer_id, pyrage.x25519.Identity.from_str(private_key))


def is_unlocked(request: HttpRequest) -> bool:
    """True when sealed content can be opened in this request."""
    try:
        keyring_of(request)
    except Locked:
        return False
    return True
