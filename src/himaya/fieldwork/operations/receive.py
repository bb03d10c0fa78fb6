"""Records arrive from a device."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min

from himaya.audit.record import record as leave_trace
from himaya.fieldwork.contents import RECORD
from himaya.fieldwork.errors import DeviceRevoked
from himaya.fieldwork.models import Card, Device
from himaya.fieldwork.queries import arrived, of_something_else, receiving_desk
from himaya.fieldwork.records import Delivery, Record
from himaya.fieldwork.rules import check_may_sync, interviewed_at
from himaya.kernel.access import Actor
from himaya.packs.calendar import due_at
from himaya.packs.loader import current
from himaya.vault.errors import KeyNotTrusted
from himaya.vault.keys import check_desk_key
from himaya.vault.models import Compartment, CompartmentEpoch, DeskEpoch, Grant, Sealed
from himaya.vault.seal import Reader, granted, received_epoch

TIME_TO_DECIDE = "presumption_decision"


@dataclass(frozen=True, slots=True)
class Received:
    """What came of a delivery. here: ids that the desk has now, whether they came before or not.

    refused: ids that can never be taken: sealed to what is no key of the desk that the registrar
    signed, or the id of something else.
    """

    here: tuple[UUID, ...]
    refused: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class _Clocks:
    """By which an interview is dated. now: what the device's clock said at our moment `at`.

    since: before that no device of this officer asked anybody.
    """

    now: datetime
    since: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class _Rows:
    """Everything that one record is made of, not yet saved."""

    card: Card
    compartment: Compartment
    epoch: CompartmentEpoch
    grant: Grant
    content: Sealed


@transaction.atomic
def receive(*, actor: Actor, delivery: Delivery, at: datetime) -> Received:
    """Take in what a device brings; what came before is not taken again.

    Locks the device, so that two tabs that send at once bring nothing twice. The device's clock is
    compared with ours: both times are kept. Raises NotThisDevice or DeviceRevoked.
    """
    device = _held(actor, delivery)
    keys = _keys(receiving_desk().pk, delivery.records)
    ids = {record.id for record in delivery.records}
    before, elsewhere = arrived(ids), of_something_else(ids)
    sealed_right = {
        each.id: each
        for each in delivery.records
        if each.key_id in keys and each.id not in elsewhere
    }
    clocks = _Clocks(delivery.now, since=_first_registered(device), at=at)
    rows = [
        _rows(each, device, keys[each.key_id], clocks)
        for each in sealed_right.values()
        if each.id not in before
    ]
    _save(rows)
    device.synced_at = at
    device.save(update_fields=["synced_at"])
    _leave_traces(rows, device, actor, at)
    refused = ids - sealed_right.keys()
    return Received(tuple(sealed_right), tuple(sorted(refused)))


def _held(actor: Actor, delivery: Delivery) -> Device:
    known = Device.objects.filter(pk=delivery.device_id).first()
    check_may_sync(actor, known, delivery.token)
    in_use = Device.objects.select_for_update().filter(revoked_at__isnull=True)
    device = in_use.filter(pk=delivery.device_id).first()
    if device is None:  # it was revoked since
        raise DeviceRevoked(device=delivery.device_id)
    return device


def _keys(desk_id: UUID, records: Iterable[Record]) -> dict[UUID, DeskEpoch]:
    """Keys of the desk that the records were sealed to; also former ones: a device may be late."""
    asked = {record.key_id for record in records}
    found = DeskEpoch.objects.filter(desk_id=desk_id, id__in=asked, opened_at__isnull=False)
    return {key.pk: key for key in found if _is_trusted(key)}


def _is_trusted(key: DeskEpoch) -> bool:
    try:
        check_desk_key(key)
    except KeyNotTrusted:
        return False
    return True


def _first_registered(device: Device) -> datetime:
    """When the device's officer first had one. It may have been registered anew, with records."""
    every = Device.objects.filter(officer_id=device.officer_id)
    first: datetime = every.aggregate(first=Min("registered_at"))["first"]
    return first


def _rows(record: Record, device: Device, key: DeskEpoch, clocks: _Clocks) -> _Rows:
    pack, at = current(), clocks.at
    began = interviewed_at(record.began_at, clocks.now, since=clocks.since, at=at)
    card = Card(
        id=record.id,
        device=device,
        desk_id=key.desk_id,
        began_at=record.began_at,
        ended_at=record.ended_at,
        ahead=round((clocks.now - at).total_seconds()),
        interviewed_at=began,
        arrived_at=at,
        due_at=due_at(began, pack.clock(TIME_TO_DECIDE), pack.calendar),
    )
    compartment = Compartment(kind=Compartment.Kind.SCREENING, subject_id=record.id, made_at=at)
    epoch = received_epoch(compartment, record.public_key)
    grant = granted(epoch, Reader(key, Grant.Reason.RECEIVED), record.grant, at)
    content = Sealed(
        compartment=compartment, epoch=epoch, name=RECORD, content=record.content, sealed_at=at
    )
    return _Rows(card, compartment, epoch, grant, content)


def _save(rows: Sequence[_Rows]) -> None:
    Card.objects.bulk_create(each.card for each in rows)
    Compartment.objects.bulk_create(each.compartment for each in rows)
    CompartmentEpoch.objects.bulk_create(each.epoch for each in rows)
    Grant.objects.bulk_create(each.grant for each in rows)
    Sealed.objects.bulk_create(each.content for each in rows)


def _leave_traces(rows: Sequence[_Rows], device: Device, actor: Actor, at: datetime) -> None:
    leave_trace(
        act="fieldwork.device_synced",
        actor=actor,
        at=at,
        subject_id=device.pk,
        facts={"records": len(rows)},
        rows=[device],
    )
    for each in rows:
        leave_trace(
            act="fieldwork.card_received",
            actor=actor,
            at=at,
            subject_id=each.card.pk,
            desk_id=each.card.desk_id,
            facts={"ahead": each.card.ahead},
            rows=[each.card, each.compartment, each.epoch, each.grant, each.content],
        )
