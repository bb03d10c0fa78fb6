"""A record as a device sealed it: what we can know of it without opening it.

A device sends a frame that says who it is, then one frame for each record. A frame is four bytes
that say how long it is, and its content. The first holds JSON: device, token, and now, the device's
clock in milliseconds since 1970. A record begins with a frame of JSON again: id, began and ended by
the device's clock, key (the id of the desk's key that it was sealed to), public_key of the record's
own key pair, and the length of the grant; then comes the grant, which is the record's private key
sealed to the desk, and then what was answered, sealed to the record's own key.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self
from uuid import UUID

from himaya.fieldwork.errors import NotRecords
from himaya.vault.arrived import check_public_key, check_sealed
from himaya.vault.errors import NotSealed

LENGTH_BYTES = 4
MOST_RECORDS = 50  # in one delivery
LONGEST_RECORD = 64 * 1024
START = datetime(1970, 1, 1, tzinfo=UTC)
LAST = int((datetime(2300, 1, 1, tzinfo=UTC) - START).total_seconds() * 1000)
Said = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Record:
    """One record, sealed. key_id: the desk's key that it was sealed to."""

    id: UUID
    began_at: datetime
    ended_at: datetime
    key_id: UUID
    public_key: str
    grant: bytes
    content: bytes

    @classmethod
    def from_bytes(cls, sent: bytes) -> Self:
        """Raises NotRecords unless it has the form of what a device of ours seals."""
        head = _frame(sent)
        said, body = _json(head), sent[LENGTH_BYTES + len(head) :]
        length = said["grant"]
        if type(length) is not int or not 0 < length < len(body) or len(sent) > LONGEST_RECORD:
            raise NotRecords
        record = cls(
            id=UUID(str(said["id"])),
            began_at=moment(said["began"]),
            ended_at=moment(said["ended"]),
            key_id=UUID(str(said["key"])),
            public_key=str(said["public_key"]),
            grant=body[:length],
            content=body[length:],
        )
        check_public_key(record.public_key)
        check_sealed(record.grant)
        check_sealed(record.content)
        return record


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a device brings. now: what its clock said as it sent this.

    records: those that can be read. unreadable: how many cannot.
    """

    device_id: UUID
    token: str
    now: datetime
    records: tuple[Record, ...]
    unreadable: int

    @classmethod
    def from_bytes(cls, sent: bytes) -> Self:
        """Raises NotRecords unless it is a delivery. A broken record hinders no other."""
        try:
            head, *frames = _frames(sent)
            said = _json(head)
            device_id, now = UUID(str(said["device"])), moment(said["now"])
        except (ValueError, LookupError, TypeError, RecursionError) as no:
            raise NotRecords from no
        if len(frames) > MOST_RECORDS:
            raise NotRecords
        records = [record for frame in frames if (record := _record(frame))]
        broken = len(frames) - len(records)
        return cls(device_id, str(said.get("token", "")), now, tuple(records), broken)


def moment(said: object) -> datetime:
    """A moment by a device's clock, however wrong: milliseconds since 1970."""
    if type(said) is not int or not 0 <= said < LAST:
        raise NotRecords
    return START + timedelta(milliseconds=said)


def _record(frame: bytes) -> Record | None:
    try:
        return Record.from_bytes(frame)
    except (NotRecords, NotSealed, ValueError, LookupError, TypeError, RecursionError):
        return None


def _json(frame: bytes) -> Said:
    said = json.loads(frame)
    if not isinstance(said, dict):
        raise NotRecords
    return said


def _frames(sent: bytes) -> Iterator[bytes]:
    """Every frame, one after the other, to the last byte."""
    at = 0
    while at < len(sent):
        frame = _frame(sent, at)
        yield frame
        at += LENGTH_BYTES + len(frame)


def _frame(sent: bytes, at: int = 0) -> bytes:
    begins = at + LENGTH_BYTES
    frame = sent[begins : begins + int.from_bytes(sent[at:begins], "big")]
    if begins > len(sent) or len(frame) < int.from_bytes(sent[at:begins], "big"):
        raise NotRecords
    return frame
