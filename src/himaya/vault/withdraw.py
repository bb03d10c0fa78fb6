"""Taking a key away: the desk's grants go, and what comes next is sealed to the others only."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from himaya.vault.models import Compartment, CompartmentEpoch, Grant
from himaya.vault.queries import key_of_desk
from himaya.vault.seal import Reader, new_epoch


def withdraw(
    *, compartment_id: UUID, desk_id: UUID, at: datetime
) -> tuple[list[Grant], CompartmentEpoch, list[Grant]]:
    """End a desk's access to a compartment. Needs no private key, so anybody who may, can.

    Deletes the desk's grants of all epochs and starts an epoch sealed to the desks that remain.
    Returns the grants that went, the new epoch, and its grants; the caller's operation records
    them. What the desk opened before cannot be unread.
    """
    compartment = Compartment.objects.select_for_update().get(id=compartment_id)
    newest = CompartmentEpoch.objects.filter(compartment=compartment).latest("number")
    gone = list(Grant.objects.filter(compartment=compartment, desk_id=desk_id))
    kept = _kept(newest, desk_id, at)
    readers = [
        Reader(key_of_desk(grant.desk_id), Grant.Reason(grant.reason), grant.dormant)
        for grant in kept
    ]
    epoch, grants = new_epoch(compartment, newest.number + 1, readers, at)
    for grant, former in zip(grants, kept, strict=True):
        grant.basis_id, grant.until = former.basis_id, former.until
    Grant.objects.filter(id__in=[grant.id for grant in gone]).delete()
    epoch.save(force_insert=True)
    Grant.objects.bulk_create(grants)
    return gone, epoch, grants


def _kept(newest: CompartmentEpoch, desk_id: UUID, at: datetime) -> list[Grant]:
    """The grants of the other desks, without those whose time is over."""
    in_force = Q(until__isnull=True) | Q(until__gt=at)
    return list(Grant.objects.filter(in_force, epoch=newest).exclude(desk_id=desk_id))
