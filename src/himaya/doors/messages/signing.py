"""Who may use a door: whoever signs with its secret, now, and each request once."""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from himaya.config.doors import Gateway
from himaya.doors.errors import NotSigned, TooOldOrNew
from himaya.doors.intake import keyed

HEADER = "Himaya-Signature"
WINDOW = 300  # seconds by which the clocks of both sides may differ
PATTERN = re.compile(r"t=(\d{1,11}),n=([A-Za-z0-9_-]{16,64}),v1=([0-9a-f]{64})")
NOBODYS = bytes(32)  # a door that does not exist costs the same work


@dataclass(frozen=True, slots=True)
class Signed:
    """A request that is what it says. until: when a copy would be refused for its age anyway."""

    gateway: Gateway
    seen_id: UUID
    until: datetime


def signature(secret: bytes, door: str, moment: int, nonce: str, body: bytes) -> str:
    """The header's value, as the other side makes it."""
    said = f"v1.{door}.{moment}.{nonce}.".encode() + body
    return f"t={moment},n={nonce},v1={hmac.new(secret, said, sha256).hexdigest()}"


def check(
    doors: Mapping[str, Gateway], door: str, header: str, body: bytes, seconds: float
) -> Signed:
    """The door that this request may use. Raises NotSigned or TooOldOrNew."""
    gateway, found = doors.get(door), PATTERN.fullmatch(header)
    if found is None:
        raise NotSigned
    moment, nonce = int(found[1]), found[2]
    made = signature(gateway.secret if gateway else NOBODYS, door, moment, nonce, body)
    if not hmac.compare_digest(made, header) or gateway is None:
        raise NotSigned
    if abs(seconds - moment) > WINDOW:
        raise TooOldOrNew
    seen_id = UUID(bytes=keyed("seen", door.encode(), nonce.encode())[:16], version=4)
    until = datetime.fromtimestamp(moment, UTC) + timedelta(seconds=2 * WINDOW)
    return Signed(gateway, seen_id, until)
