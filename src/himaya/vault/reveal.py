"""Opening: only with a keyring, and never without a trace."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import pyrage
from django.db.models import Q

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.vault.errors import NoKey, NotGranted
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment, CompartmentEpoch, Grant, MemberWrap, Sealed
from himaya.vault.opened import Opened
from himaya.vault.padding import unpad
from himaya.vault.queries import key_of_desk
from himaya.vault.seal import Reader, grants_of


def _plain(sealed: bytes | memoryview, identity: pyrage.x25519.Identity) -> bytes:
    return unpad(pyrage.decrypt(bytes(sealed), [identity]))


def _desk_identity(keyring: Keyring, grant: Grant) -> pyrage.x25519.Identity:
    wrap = MemberWrap.objects.filter(
        epoch_id=grant.desk_epoch_id, officer_id=keyring.officer_id
    ).first()
    if wrap is None:
        raise NoKey(desk=grant.desk_id)
    return pyrage.x25519.Identity.from_str(_plain(wrap.sealed, keyring.identity).decode())


def _private_keys(
    keyring: Keyring, compartment_ids: Iterable[UUID], actor: Actor, at: datetime
) -> dict[UUID, str]:
    """Private keys of the compartments' epochs that the actor's desks were granted: epoch → key."""
    grants = Grant.objects.filter(
        Q(until__isnull=True) | Q(until__gt=at),
        compartment_id__in=compartment_ids,
        desk_id__in=actor.desk_ids,
    )
    desks: dict[UUID, pyrage.x25519.Identity] = {}
    keys = {}
    for grant in grants:
        if grant.desk_epoch_id not in desks:
            desks[grant.desk_epoch_id] = _desk_identity(keyring, grant)
        keys[grant.epoch_id] = _plain(grant.sealed, desks[grant.desk_epoch_id]).decode()
    return keys


def reveal(
    *,
    keyring: Keyring,
    compartment_ids: Sequence[UUID],
    subject_id: UUID,
    actor: Actor,
    at: datetime,
    purpose: str,
) -> list[Opened]:
    """Everything in these compartments that the actor's desks may open, oldest first.

    Leaves one entry a compartment: who, for which desk, which compartment, for what purpose.
    Raises NotGranted when one of them was granted to none of the actor's desks.
    """
    keys = _private_keys(keyring, compartment_ids, actor, at)
    opened = []
    for item in Sealed.objects.filter(epoch_id__in=keys).order_by("sealed_at", "name"):
        identity = pyrage.x25519.Identity.from_str(keys[item.epoch_id])
        content = _plain(item.content, identity)
        opened.append(Opened(item.id, item.compartment_id, item.name, content, item.sealed_at))
    granted = set(Grant.objects.filter(epoch_id__in=keys).values_list("compartment_id", flat=True))
    for compartment_id in compartment_ids:
        if compartment_id not in granted:
            raise NotGranted(compartment=compartment_id)
    kinds = Compartment.objects.in_bulk(compartment_ids)
    for compartment_id in compartment_ids:
        record(
            act="vault.read",
            actor=actor,
            at=at,
            subject_id=subject_id,
            desk_id=min(actor.desk_ids),
            purpose=purpose,
            facts={"compartment": str(compartment_id), "kind": kinds[compartment_id].kind},
        )
    return opened


def share(
    *,
    keyring: Keyring,
    compartment_id: UUID,
    desk_id: UUID,
    reason: Grant.Reason,
    actor: Actor,
    at: datetime,
    basis_id: UUID | None = None,
    until: datetime | None = None,
) -> list[Grant]:
    """Grant a compartment, in all its epochs, to another desk. The caller's operation records it.

    Needs the actor's own grant: nobody can pass on a key that they cannot open.
    """
    keys = _private_keys(keyring, [compartment_id], actor, at)
    if not keys:
        raise NotGranted(compartment=compartment_id)
    reader = Reader(key_of_desk(desk_id), reason)
    held = set(
        Grant.objects.filter(epoch_id__in=keys, desk_id=desk_id).values_list("epoch_id", flat=True)
    )
    grants = []
    epochs = CompartmentEpoch.objects.in_bulk(list(keys))
    for epoch_id in keys.keys() - held:
        (grant,) = grants_of(keys[epoch_id], epochs[epoch_id], [reader], at)
        grant.basis_id, grant.until = basis_id, until
        grants.append(grant)
    return list(Grant.objects.bulk_create(grants))
