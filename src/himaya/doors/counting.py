"""Counting without remembering whom: under a key that nobody keeps, in memory only."""

import hmac
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from secrets import token_bytes
from threading import Lock

MOST_REMEMBERED = 100_000


@dataclass
class OnceADay:
    """Who was answered today, as digests under a key of today: forgotten at midnight.

    When more are remembered than memory should hold, nobody further is answered that day.
    """

    most: int = MOST_REMEMBERED
    _day: date | None = None
    _key: bytes = b""
    _seen: set[bytes] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def first(self, name: str, day: date) -> bool:
        """True for the first time that day; it counts from now on."""
        with self._lock:
            if day != self._day:
                self._day, self._key, self._seen = day, token_bytes(32), set()
            digest = hmac.digest(self._key, name.casefold().encode(), sha256)
            if digest in self._seen or len(self._seen) >= self.most:
                return False
            self._seen.add(digest)
            return True


@dataclass
class Share:
    """How much each sender may hand in within one stretch of time: counts under a forgotten key."""

    most: int
    seconds: int = 60
    _stretch: int = -1
    _key: bytes = b""
    _counts: dict[bytes, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def allows(self, sender: bytes, now: float) -> bool:
        """True while the sender is within its share; counts this one. now: in seconds."""
        with self._lock:
            if (stretch := int(now) // self.seconds) != self._stretch:
                self._stretch, self._key, self._counts = stretch, token_bytes(32), {}
            digest = hmac.digest(self._key, sender, sha256)
            if len(self._counts) < MOST_REMEMBERED or digest in self._counts:
                self._counts[digest] = self._counts.get(digest, 0) + 1
            return self._counts.get(digest, 0) <= self.most
