"""Taking a key away: the desk's grants go, and what comes next is sealed to the others only."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from himaya.vault.continuing import go_on, readers_now
from himaya.vault.models import Compartment, CompartmentEpoch, Grant

Withdrawn = tuple[list[Grant], CompartmentEpoch, list[Grant]]


def withdraw(
    *, compartment_id: UUID, desk_id: UUID, at: datetime, bases: Collection[UUID] | None = None
) -> Withdrawn:
    """End a desk's access to a compartment. Needs no private key, so anybody who may, can.

    Deletes the desk's grants of all epochs and starts an epoch sealed to the desks that remain.
    bases: only what rests on one of these ends; a desk that holds it on another goes on. Returns
    the grants that went, the new epoch, and its grants; the caller's operation records them. What
    the desk opened before cannot be unread.
    """
    compartment = Compartment.objects.select_for_update().get(id=compartment_id)
    ending = Grant.objects.filter(compartment=compartment, desk_id=desk_id)
    gone = list(ending if bases is None else ending.filter(basis_id__in=bases))
    return _end(compartment, gone, at)


def leave_to(
    *, compartment_id: UUID, readers: Collection[tuple[UUID, bool]], at: datetime
) -> Withdrawn:
    """End the access of everybody but these, as `withdraw` does for one desk; the actor's own too.

    readers: a desk, and whether what it holds sleeps until something wakes it.
    """
    compartment = Compartment.objects.select_for_update().get(id=compartment_id)
    held = Grant.objects.filter(compartment=compartment)
    others = [grant for grant in held if (grant.desk_id, grant.dormant) not in readers]
    return _end(compartment, others, at)


def _end(compartment: Compartment, gone: list[Grant], at: datetime) -> Withdrawn:
    ids = [grant.id for grant in gone]
    kept = list(readers_now(compartment, at).exclude(id__in=ids))
    epoch, grants = go_on(compartment, kept, at)
    Grant.objects.filter(id__in=ids).delete()
    return gone, epoch, grants
