"""Sealing: what anybody may do, with public keys only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyrage

from himaya.vault.keys import check_compartment_key, check_desk_key, compartment_mac
from himaya.vault.models import Compartment, CompartmentEpoch, DeskEpoch, Grant, Sealed
from himaya.vault.padding import pad


def sealed_to(public_keys: Sequence[str], content: bytes) -> bytes:
    """An age file of the padded content that each of the public keys' owners can open."""
    recipients = [pyrage.x25519.Recipient.from_str(key) for key in public_keys]
    sealed: bytes = pyrage.encrypt(pad(content), recipients)
    return sealed


@dataclass(frozen=True, slots=True)
class Circle:
    """A compartment just opened: its rows, and the public key that things are sealed to."""

    compartment: Compartment
    epoch: CompartmentEpoch
    grants: list[Grant]


@dataclass(frozen=True, slots=True)
class Reader:
    """A desk that shall be able to open a compartment. dormant: not before an escalation."""

    key: DeskEpoch
    reason: Grant.Reason
    dormant: bool = False


def grants_of(
    private_key: str, epoch: CompartmentEpoch, readers: Sequence[Reader], at: datetime
) -> list[Grant]:
    """One grant a reader: the compartment's private key, sealed to the reader's desk.

    Raises KeyNotTrusted when a desk's key is not the one the registrar signed.
    """
    grants = []
    for reader in readers:
        check_desk_key(reader.key)
        sealed = sealed_to([reader.key.public_key], private_key.encode())
        grants.append(granted(epoch, reader, sealed, at))
    return grants


def granted(epoch: CompartmentEpoch, reader: Reader, sealed: bytes, at: datetime) -> Grant:
    """The grant of a compartment's private key, as it was sealed to the reader's desk."""
    return Grant(
        compartment_id=epoch.compartment_id,
        epoch=epoch,
        desk_id=reader.key.desk_id,
        desk_epoch=reader.key,
        sealed=sealed,
        reason=reader.reason,
        granted_at=at,
        dormant=reader.dormant,
    )


def new_epoch(
    compartment: Compartment, number: int, readers: Sequence[Reader], at: datetime
) -> tuple[CompartmentEpoch, list[Grant]]:
    """A fresh key pair for a compartment, its private key sealed to the readers and forgotten."""
    identity = pyrage.x25519.Identity.generate()
    epoch = received_epoch(compartment, str(identity.to_public()), number)
    return epoch, grants_of(str(identity), epoch, readers, at)


def received_epoch(compartment: Compartment, public_key: str, number: int = 1) -> CompartmentEpoch:
    """A public key of a compartment under our MAC: nobody can put another one there afterwards.

    Its private key was made here and forgotten, or in a reporter's browser and never seen.
    """
    return CompartmentEpoch(
        compartment=compartment,
        number=number,
        public_key=public_key,
        mac=compartment_mac(compartment.id, number, public_key),
    )


def open_circle(
    *, kind: Compartment.Kind, subject_id: UUID, readers: Sequence[Reader], at: datetime
) -> Circle:
    """Make and save a compartment that the readers' desks can open.

    The caller's operation records it: the rows are in the answer.
    """
    compartment = Compartment(kind=kind, subject_id=subject_id, made_at=at)
    epoch, grants = new_epoch(compartment, 1, readers, at)
    compartment.save(force_insert=True)
    epoch.save(force_insert=True)
    Grant.objects.bulk_create(grants)
    return Circle(compartment, epoch, grants)


def seal(*, epoch: CompartmentEpoch, name: str, content: bytes, at: datetime) -> Sealed:
    """Seal one thing into a compartment and save it.

    Raises KeyNotTrusted when the compartment's public key is not one that we made.
    """
    check_compartment_key(epoch)
    sealed = Sealed(
        compartment_id=epoch.compartment_id,
        epoch=epoch,
        name=name,
        content=sealed_to([epoch.public_key], content),
        sealed_at=at,
    )
    sealed.save(force_insert=True)
    return sealed


def seal_nested(
    *,
    outer: CompartmentEpoch,
    lock: CompartmentEpoch,
    name: str,
    content: bytes,
    at: datetime,
) -> Sealed:
    """Seal one thing so that it takes the keys of two compartments to open it, and save it.

    Raises KeyNotTrusted when either public key is not one that we made.
    """
    check_compartment_key(lock)
    inside = sealed_to([lock.public_key], content)
    return seal(epoch=outer, name=name, content=inside, at=at)
