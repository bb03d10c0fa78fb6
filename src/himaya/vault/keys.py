"""Making keys and checking public ones. No private key is opened here."""

import hmac
from functools import cache
from hashlib import sha256
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from himaya.config.env import environment
from himaya.vault.errors import KeyNotTrusted
from himaya.vault.models import CompartmentEpoch, DeskEpoch, MemberKey, RecoveryKey

KEY_BYTES = 32


def desk_key_statement(desk_id: UUID, number: int, public_key: str) -> bytes:
    """What the registrar signs: this is the key of that desk in that epoch."""
    return f"himaya desk key v1\n{desk_id}\n{number}\n{public_key}\n".encode()


@cache
def _registrar() -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(environment().secret("registrar.pub"))


@cache
def _signed(statement: bytes, signature: bytes) -> bool:
    try:
        _registrar().verify(signature, statement)
    except InvalidSignature:
        return False
    return True


def check_desk_key(epoch: DeskEpoch) -> None:
    """Raise KeyNotTrusted unless the registrar signed this desk's public key."""
    statement = desk_key_statement(epoch.desk_id, epoch.number, epoch.public_key)
    if not _signed(statement, bytes(epoch.signature or b"")):
        raise KeyNotTrusted(desk=epoch.desk_id, epoch=epoch.number)


def recovery_key_statement(key: RecoveryKey) -> bytes:
    """What the registrar signs: this is the recovery key of that number, and who keeps it."""
    said = [key.number, key.public_key, key.signing_key, key.opens_with, key.bodies]
    return "".join(f"{line}\n" for line in ["himaya recovery key v1", *said]).encode()


def check_recovery_key(key: RecoveryKey) -> None:
    """Raise KeyNotTrusted unless the registrar signed this recovery key."""
    if not _signed(recovery_key_statement(key), bytes(key.signature)):
        raise KeyNotTrusted(recovery_key=key.number)


@cache
def _compartments_key() -> bytes:
    return environment().secret("compartments")


def compartment_mac(compartment_id: UUID, number: int, public_key: str) -> bytes:
    """The MAC of a compartment's public key, under a key outside the database."""
    statement = f"himaya compartment key v1\n{compartment_id}\n{number}\n{public_key}\n"
    return hmac.digest(_compartments_key(), statement.encode(), sha256)


def check_compartment_key(epoch: CompartmentEpoch) -> None:
    """Raise KeyNotTrusted unless a process of this installation made this public key."""
    mac = compartment_mac(epoch.compartment_id, epoch.number, epoch.public_key)
    if not hmac.compare_digest(bytes(epoch.mac), mac):
        raise KeyNotTrusted(compartment=epoch.compartment_id, epoch=epoch.number)


@cache
def _members_key() -> bytes:
    return environment().secret("members")


def proposal_mac(desk_id: UUID, number: int, public_key: str) -> bytes:
    """The MAC of a desk's public key that the registrar has still to sign."""
    statement = f"himaya proposed desk key v1\n{desk_id}\n{number}\n{public_key}\n"
    return hmac.digest(_members_key(), statement.encode(), sha256)


def check_proposal(epoch: DeskEpoch) -> None:
    """Raise KeyNotTrusted unless a process of this installation proposed this desk's key."""
    mac = proposal_mac(epoch.desk_id, epoch.number, epoch.public_key)
    if not hmac.compare_digest(bytes(epoch.mac), mac):
        raise KeyNotTrusted(desk=epoch.desk_id, epoch=epoch.number)


def member_mac(officer_id: UUID, public_key: str) -> bytes:
    """The MAC of an officer's public key, under a key outside the database."""
    statement = f"himaya member key v1\n{officer_id}\n{public_key}\n"
    return hmac.digest(_members_key(), statement.encode(), sha256)


def check_member_key(key: MemberKey) -> None:
    """Raise KeyNotTrusted unless this public key was made for this officer here."""
    mac = member_mac(key.officer_id, key.public_key)
    if not hmac.compare_digest(bytes(key.mac), mac):
        raise KeyNotTrusted(officer=key.officer_id)


def passphrase_key(passphrase: str, salt: bytes) -> bytes:
    """The 32-byte key of a passphrase: Argon2id, 64 MiB, three passes, own salt."""
    return hash_secret_raw(
        passphrase.encode(),
        salt,
        time_cost=3,
        memory_cost=64 * 1024,
        parallelism=1,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
