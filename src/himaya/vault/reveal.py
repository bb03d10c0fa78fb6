"""Opening: only with a keyring, and never without a trace."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyrage
from django.db.models import Exists, OuterRef, Q

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.vault.errors import NoKey, NotGranted
from himaya.vault.keyring import Keyring
from himaya.vault.models import (
    Compartment,
    CompartmentEpoch,
    Escalation,
    Grant,
    MemberWrap,
    Sealed,
)
from himaya.vault.opened import Opened
from himaya.vault.padding import unpad
from himaya.vault.queries import key_of_desk
from himaya.vault.reasons import READ, check_reason
from himaya.vault.seal import Reader, grants_of

EVERYTHING = Q()


def _plain(sealed: bytes | memoryview, identity: pyrage.x25519.Identity) -> bytes:
    return unpad(pyrage.decrypt(bytes(sealed), [identity]))


def _desk_identity(keyring: Keyring, grant: Grant) -> pyrage.x25519.Identity:
    wrap = MemberWrap.objects.filter(
        epoch_id=grant.desk_epoch_id, officer_id=keyring.officer_id
    ).first()
    if wrap is None:
        raise NoKey(desk=grant.desk_id)
    return pyrage.x25519.Identity.from_str(_plain(wrap.sealed, keyring.identity).decode())


@dataclass(frozen=True, slots=True)
class _Key:
    """A compartment's private key in one epoch, and the desk that was granted it.

    private_key: empty when a stranger's browser made the grant and there is none in it.
    """

    compartment_id: UUID
    desk_id: UUID
    private_key: str


def _private_keys(
    keyring: Keyring, compartment_ids: Iterable[UUID], actor: Actor, at: datetime
) -> dict[UUID, _Key]:
    """Private keys of the compartments' epochs that the actor's desks were granted: epoch → key."""
    woken = Escalation.objects.filter(
        Q(until__isnull=True) | Q(until__gt=at),
        compartment=OuterRef("compartment"),
        desk=OuterRef("desk"),
    )
    grants = Grant.objects.filter(
        Q(until__isnull=True) | Q(until__gt=at),
        Q(dormant=False) | Exists(woken),
        compartment_id__in=compartment_ids,
        desk_id__in=actor.desk_ids,
    )
    desks: dict[UUID, pyrage.x25519.Identity] = {}
    keys = {}
    for grant in grants.order_by("desk_id"):
        if grant.desk_epoch_id not in desks:
            desks[grant.desk_epoch_id] = _desk_identity(keyring, grant)
        private_key = _private_key(grant, desks[grant.desk_epoch_id])
        keys[grant.epoch_id] = _Key(grant.compartment_id, grant.desk_id, private_key)
    return keys


def _private_key(grant: Grant, desk: pyrage.x25519.Identity) -> str:
    """What a grant holds. Not every grant was made by us: a reporter's browser makes some."""
    try:
        return _plain(grant.sealed, desk).decode()
    except (pyrage.DecryptError, UnicodeDecodeError):
        return ""


def _opened(item: Sealed, private_key: str) -> Opened:
    """One thing, opened; or marked as broken, so that it hides nothing else of the compartment."""
    try:
        content = _plain(item.content, pyrage.x25519.Identity.from_str(private_key))
    except (pyrage.DecryptError, pyrage.IdentityError):
        return Opened(item.id, item.compartment_id, item.name, b"", item.sealed_at, broken=True)
    return Opened(item.id, item.compartment_id, item.name, content, item.sealed_at)


def reveal(
    *,
    keyring: Keyring,
    compartment_ids: Sequence[UUID],
    subject_id: UUID,
    actor: Actor,
    at: datetime,
    purpose: str,
    reason: str,
    which: Q = EVERYTHING,
) -> list[Opened]:
    """Everything in these compartments that the actor's desks may open, oldest first.

    which: narrows it down, so that a page of words does not open every file beside them.

    Leaves one entry a compartment: who, for which desk, which compartment, for what purpose; and
    why, which must be said when the officer opens this subject for the first time.
    Raises NotGranted when one of them was granted to none of the actor's desks, and ReasonNeeded.
    """
    keys = _private_keys(keyring, compartment_ids, actor, at)
    desks = {key.compartment_id: key.desk_id for key in keys.values()}
    for compartment_id in compartment_ids:
        if compartment_id not in desks:
            raise NotGranted(compartment=compartment_id)
    check_reason(actor, subject_id, reason)
    opened = []
    for item in Sealed.objects.filter(which, epoch_id__in=keys).order_by("sealed_at", "name"):
        opened.append(_opened(item, keys[item.epoch_id].private_key))
    _trace(keys=keys, subject_id=subject_id, actor=actor, at=at, purpose=purpose, reason=reason)
    return opened


def _trace(
    *,
    keys: Mapping[UUID, _Key],
    subject_id: UUID,
    actor: Actor,
    at: datetime,
    purpose: str,
    reason: str,
) -> None:
    """One entry a compartment: who, for which desk, which compartment, for what purpose, why."""
    desks = {key.compartment_id: key.desk_id for key in keys.values()}
    kinds = Compartment.objects.in_bulk(desks)
    for compartment_id in kinds:
        record(
            act=READ,
            actor=actor,
            at=at,
            subject_id=subject_id,
            desk_id=desks[compartment_id],
            purpose=purpose,
            facts={
                "compartment": str(compartment_id),
                "kind": kinds[compartment_id].kind,
                **({"reason": reason} if reason else {}),
            },
        )


def reveal_nested(
    *,
    keyring: Keyring,
    outer_id: UUID,
    lock_id: UUID,
    subject_id: UUID,
    actor: Actor,
    at: datetime,
    purpose: str,
    reason: str,
) -> list[Opened]:
    """What lies under the keys of two compartments, opened by a desk that was granted both.

    Leaves one entry a compartment. Raises NotGranted when one desk does not hold both keys: an
    officer who sits at two desks with one each opens nothing.
    """
    keys = _private_keys(keyring, [outer_id, lock_id], actor, at)
    held = {
        each: {key.desk_id for key in keys.values() if key.compartment_id == each}
        for each in (outer_id, lock_id)
    }
    both = held[outer_id] & held[lock_id]
    if not both:
        raise NotGranted(compartment=lock_id)
    check_reason(actor, subject_id, reason)
    locks = [
        pyrage.x25519.Identity.from_str(key.private_key)
        for key in keys.values()
        if key.compartment_id == lock_id
    ]
    opened = []
    for item in Sealed.objects.filter(compartment=outer_id, epoch__in=keys).order_by("sealed_at"):
        identity = pyrage.x25519.Identity.from_str(keys[item.epoch_id].private_key)
        inside = unpad(pyrage.decrypt(_plain(item.content, identity), locks))
        opened.append(Opened(item.id, item.compartment_id, item.name, inside, item.sealed_at))
    _trace(keys=keys, subject_id=subject_id, actor=actor, at=at, purpose=purpose, reason=reason)
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
    dormant: bool = False,
) -> list[Grant]:
    """Grant a compartment, in all its epochs, to another desk. The caller's operation records it.

    Needs the actor's own grant: nobody can pass on a key that they cannot open. A grant that the
    desk holds already on this basis is replaced, under its own id, when it would end sooner; one
    that sleeps stays beside one that does not, and one of another basis beside it. dormant: it
    sleeps until something wakes it. Returns the grants that were made or replaced. Raises
    NotGranted.
    """
    # Whoever withdraws a key meanwhile waits, or has finished: the present grants are seen below.
    Compartment.objects.select_for_update().filter(id=compartment_id).first()
    keys = _private_keys(keyring, [compartment_id], actor, at)
    if not keys:
        raise NotGranted(compartment=compartment_id)
    held = Grant.objects.filter(desk_id=desk_id, epoch__in=keys, basis_id=basis_id)
    enough = {grant.epoch_id for grant in held if not grant.dormant and _lasts(grant, until)}
    alike = [grant for grant in held if grant.dormant == dormant]
    former = {grant.epoch_id: grant.id for grant in alike if grant.epoch_id not in enough}
    reader = Reader(key_of_desk(desk_id), reason, dormant)
    grants = []
    for epoch in CompartmentEpoch.objects.filter(id__in=keys.keys() - enough):
        (grant,) = grants_of(keys[epoch.id].private_key, epoch, [reader], at)
        grant.id = former.get(epoch.id, grant.id)
        grant.basis_id, grant.until = basis_id, until
        grants.append(grant)
    Grant.objects.filter(id__in=former.values()).delete()
    return list(Grant.objects.bulk_create(grants))


def _lasts(grant: Grant, until: datetime | None) -> bool:
    """True when the grant does not end before `until`."""
    return grant.until is None or (until is not None and grant.until >= until)
