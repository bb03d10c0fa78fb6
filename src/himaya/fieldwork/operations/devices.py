"""Registering a device, and revoking it."""

from dataclasses import dataclass
from datetime import datetime
from secrets import choice, token_urlsafe
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Coalesce

from himaya.accounts.models import Officer
from himaya.audit.record import record
from himaya.fieldwork.errors import DeviceRevoked
from himaya.fieldwork.models import Device
from himaya.fieldwork.queries import device_for
from himaya.fieldwork.rules import MOST_DEVICES, check_may_revoke, check_may_use, token_hash
from himaya.kernel.access import Actor

TOKEN_BYTES = 32
LETTERS = "ACDEFHJKMNPRTWXY34679"  # none looks like another


@dataclass(frozen=True, slots=True)
class Registered:
    """A device just registered, and the secret that it is given once."""

    device: Device
    token: str


@transaction.atomic
def register(*, actor: Actor, at: datetime) -> Registered:
    """Let the browser that the actor sits at send records from now on.

    An officer has few devices: when there are too many, the one longest unused is revoked.
    """
    check_may_use(actor)
    assert actor.officer_id is not None
    assert actor.agency_id is not None
    Officer.objects.select_for_update(of=("self",)).get(pk=actor.officer_id)
    token = token_urlsafe(TOKEN_BYTES)
    device = Device(
        officer_id=actor.officer_id,
        agency_id=actor.agency_id,
        mark="".join(choice(LETTERS) for _letter in range(4)),
        token_hash=token_hash(token),
        registered_at=at,
    )
    in_use = Device.objects.filter(officer_id=actor.officer_id, revoked_at__isnull=True)
    used = Coalesce("synced_at", "registered_at").desc()
    for former in in_use.order_by(used, "id")[MOST_DEVICES - 1 :]:
        _end(former, Device.Ended.OFFICER, actor, at)
    device.save(force_insert=True)
    record(
        act="fieldwork.device_registered", actor=actor, at=at, subject_id=device.pk, rows=[device]
    )
    return Registered(device, token)


@transaction.atomic
def revoke(*, actor: Actor, device_id: UUID, at: datetime) -> Device:
    """Take nothing from a device any more: it was lost, or is given away.

    Raises NotKnown, or DeviceRevoked when it was revoked before.
    """
    check_may_revoke(actor, device_for(actor, device_id))
    device = Device.objects.select_for_update().filter(pk=device_id, revoked_at=None).first()
    if device is None:  # somebody revoked it since
        raise DeviceRevoked(device=device_id)
    own = device.officer_id == actor.officer_id
    _end(device, Device.Ended.OFFICER if own else Device.Ended.SUPERVISOR, actor, at)
    return device


@transaction.atomic
def revoke_of_leavers(*, actor: Actor, at: datetime) -> int:
    """Revoke for good the devices of officers who no longer work; returns how many."""
    left = Device.objects.select_for_update(of=("self",)).filter(
        revoked_at__isnull=True, officer__is_active=False
    )
    devices = list(left)
    for device in devices:
        _end(device, Device.Ended.LEFT, actor, at)
    return len(devices)


def _end(device: Device, ended: Device.Ended, actor: Actor, at: datetime) -> None:
    device.revoked_at, device.ended = at, ended
    device.save(update_fields=["revoked_at", "ended"])
    record(
        act="fieldwork.device_revoked",
        actor=actor,
        at=at,
        subject_id=device.pk,
        facts={"ended": ended.value},
        rows=[device],
    )
