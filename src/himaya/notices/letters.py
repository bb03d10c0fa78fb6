"""A message whole, and under seal: anybody's process can close one, only the worker opens it."""

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Self
from zoneinfo import ZoneInfo

import pyrage

from himaya.config.env import environment
from himaya.vault.padding import unpad
from himaya.vault.seal import sealed_to

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of a day in which somebody may be reached; over midnight when the end is first."""

    start: time
    end: time

    def next_moment(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The moment itself when it lies in the hours, else the next at which they begin."""
        local = at.astimezone(zone)
        now = local.time().replace(tzinfo=None)
        over_midnight = self.end <= self.start
        inside = (
            now >= self.start or now < self.end if over_midnight else self.start <= now < self.end
        )
        if inside:
            return at
        day = local.date() if now < self.start else local.date() + DAY
        return datetime.combine(day, self.start, zone)

    def _hold(self, now: time) -> bool:
        if self.end <= self.start:
            return now >= self.start or now < self.end
        return self.start <= now < self.end


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent. address: empty when it goes to a duty address. hours: None for any hour.

    answers: the Message-ID that this answers by itself; then it bears the marks of RFC 3834, so
    that no other machine answers it.
    """

    address: str
    subject: str
    text: str
    hours: Hours | None = None
    answers: str | None = None

    def to_bytes(self) -> bytes:
        """The letter as it is sealed."""
        hours = [self.hours.start.isoformat(), self.hours.end.isoformat()] if self.hours else None
        said = [self.address, self.subject, self.text, hours, self.answers]
        return json.dumps(said).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """The letter that was sealed."""
        address, subject, text, hours, *rest = json.loads(content)
        within = Hours(*map(time.fromisoformat, hours)) if hours else None
        return cls(address, subject, text, within, *rest)


def sealed_for_worker(content: bytes) -> bytes:
    """Sealed to the outbox key, whose public half lies in a file and not in the database."""
    return sealed_to([environment().secret("outbox.pub").decode()], content)


@cache
def _identity() -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.from_str(environment().secret("outbox").decode())


def opened_by_worker(sealed: bytes | memoryview) -> bytes:
    """What was sealed to the outbox key. Only the worker's process calls this."""
    return unpad(pyrage.decrypt(bytes(sealed), [_identity()]))
