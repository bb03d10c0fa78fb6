"""Devices in the field, and records as they seal them, made in Python after the description."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from unittest import mock
from uuid import UUID, uuid4

import pyrage

from himaya.agencies.models import Desk
from himaya.fieldwork.models import Card
from himaya.fieldwork.operations import receive as receive_module
from himaya.fieldwork.operations.devices import Registered, register
from himaya.fieldwork.operations.receive import Received, receive
from himaya.fieldwork.records import Delivery
from himaya.packs.loader import current
from himaya.vault.models import DeskEpoch
from himaya.vault.queries import key_of_desk
from himaya.vault.seal import sealed_to
from tests.factories.moments import NOON
from tests.factories.people import People, Seat, seat

START = datetime(1970, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
SAID = {
    "version": "1",
    "age": "adult",
    "informed": True,
    "private": True,
    "sex": "female",
    "language": "en",
    "interpreter": "",
    "bound": False,
    "stopped": False,
    "answers": {},
    "who": "",
    "how": "",
    "said": "",
}
# Answers that reach every rule of the card: the act, exploitation, and control by others.
ALL_SIGNS = {each.id: each.sign_when.value for each in current().card.questions}


def in_the_field(people: People) -> Seat:
    """An officer who screens people at their work, and sits at no desk."""
    return seat("field_officer", people.identifier.desk)


def device_of(who: Seat, at: datetime = NOON - HOUR) -> Registered:
    """A device that this officer registered."""
    with who.works():
        return register(actor=who.actor, at=at)


def receiving_key() -> DeskEpoch:
    """The key in force of the desk that receives records."""
    return key_of_desk(Desk.objects.get(code=current().card.desk).pk)


def milliseconds(moment: datetime) -> int:
    """A moment as a device's clock says it."""
    return round((moment - START).total_seconds() * 1000)


def frame(content: bytes) -> bytes:
    """How long it is, and the content."""
    return len(content).to_bytes(4, "big") + content


def record(
    said: Mapping[str, object] | None = None,
    *,
    key: DeskEpoch | None = None,
    card_id: UUID | None = None,
    when: datetime = NOON - timedelta(minutes=10),
    **head: object,
) -> bytes:
    """A sealed record. said: what differs from an interview in which nothing was said."""
    key = key or receiving_key()
    identity = pyrage.x25519.Identity.generate()
    public_key = str(identity.to_public())
    grant = sealed_to([key.public_key], str(identity).encode())
    content = sealed_to([public_key], json.dumps({**SAID, **(said or {})}).encode())
    manifest = {
        "id": str(card_id or uuid4()),
        "began": milliseconds(when),
        "ended": milliseconds(when + timedelta(minutes=5)),
        "key": str(key.pk),
        "public_key": public_key,
        "grant": len(grant),
        **head,
    }
    return frame(json.dumps(manifest).encode()) + grant + content


def sent(registered: Registered, *records: bytes, clock: datetime = NOON, **said: object) -> bytes:
    """What the device sends. said: what its head says otherwise."""
    head = {
        "device": str(registered.device.pk),
        "token": registered.token,
        "now": milliseconds(clock),
        **said,
    }
    return b"".join(map(frame, [json.dumps(head).encode(), *records]))


def brought(
    who: Seat, registered: Registered, *records: bytes, at: datetime = NOON, now: datetime = NOON
) -> Received:
    """The officer's device sends these records."""
    delivery = Delivery.from_bytes(sent(registered, *records, clock=now))
    with who.works():
        return receive(actor=who.actor, delivery=delivery, at=at)


def arrived(
    people: People, said: Mapping[str, object] | None = None, *, by: Seat | None = None
) -> Card:
    """A record that waits at the desk."""
    who = by or in_the_field(people)
    received = brought(who, device_of(who), record({"answers": ALL_SIGNS, **(said or {})}))
    return Card.objects.get(pk=received.here[0])


def on_ground(people: People, words: Callable[[str], str]) -> dict[str, object]:
    """A device, and a record with marked words that came to these people's own desk."""
    who, desk = in_the_field(people), people.identifier.desk
    registered = device_of(who)
    said = {name: words(f"field {name}") for name in ("who", "how", "said")}
    sealed = record({"answers": ALL_SIGNS, **said}, key=key_of_desk(desk.pk))
    with mock.patch.object(receive_module, "receiving_desk", return_value=desk):
        received = brought(who, registered, sealed)
    return {"card_id": received.here[0], "device_id": registered.device.pk}


def ids_of(records: Sequence[bytes]) -> list[UUID]:
    """The ids that records carry."""
    return [
        UUID(json.loads(each[4 : 4 + int.from_bytes(each[:4], "big")])["id"]) for each in records
    ]
