"""Giving officers and desks their keys. The registrar's private key never stays on a server."""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_bytes
from uuid import UUID

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.vault.keyring import wrap
from himaya.vault.keys import desk_key_statement, member_mac, passphrase_key, proposal_mac
from himaya.vault.members import wraps_for
from himaya.vault.models import DeskEpoch, MemberKey
from himaya.vault.recovery import recovery_wraps

SALT_BYTES = 16


@transaction.atomic
def give_member_key(*, actor: Actor, officer_id: UUID, passphrase: str, at: datetime) -> MemberKey:
    """Make an officer's key pair; the private key is kept only under their passphrase."""
    key = fresh_key(officer_id, passphrase)
    key.save(force_insert=True)
    record(act="vault.member_key_made", actor=actor, at=at, subject_id=officer_id, rows=[key])
    return key


def fresh_key(officer_id: UUID, passphrase: str) -> MemberKey:
    """A new key pair of an officer, not saved; the private key is nowhere but under passphrase."""
    identity = pyrage.x25519.Identity.generate()
    public_key = str(identity.to_public())
    salt = token_bytes(SALT_BYTES)
    return MemberKey(
        officer_id=officer_id,
        public_key=public_key,
        mac=member_mac(officer_id, public_key),
        salt=salt,
        sealed=wrap(passphrase_key(passphrase, salt), str(identity), officer_id),
    )


@transaction.atomic
def found_desk_key(
    *,
    actor: Actor,
    desk_id: UUID,
    members: Sequence[MemberKey],
    registrar: Ed25519PrivateKey,
    at: datetime,
) -> DeskEpoch:
    """Make a desk's first key pair, signed by the registrar, its private key sealed to members."""
    identity = pyrage.x25519.Identity.generate()
    public_key = str(identity.to_public())
    epoch = DeskEpoch(
        desk_id=desk_id,
        number=1,
        public_key=public_key,
        mac=proposal_mac(desk_id, 1, public_key),
        signature=registrar.sign(desk_key_statement(desk_id, 1, public_key)),
        opened_at=at,
    )
    epoch.save(force_insert=True)
    wraps = wraps_for(epoch, str(identity), members)
    record(
        act="vault.desk_key_made",
        actor=actor,
        at=at,
        subject_id=desk_id,
        rows=[epoch, *wraps, *recovery_wraps(epoch, str(identity))],
    )
    return epoch
