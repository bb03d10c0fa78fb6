"""The file of tombstones, outside the database: what was destroyed stays so after any restore.

`DIR/tombstones`, one line each, only ever appended to:

    himaya-tombstone/1 WHAT TARGET MOMENT CAUSE MAC

WHAT is `compartment` or `conversation`, TARGET the id of the compartment or of the report, MOMENT
ISO 8601 in UTC, CAUSE a `Tombstone.Cause`, MAC the hexadecimal HMAC-SHA256 of the line before it
under `secrets/tombstones`. No line tells of whom or of what it was. Copies may lie anywhere; a line
that somebody else wrote does not carry the MAC and is passed over.

A line is on disk before the transaction that shreds commits. It may so stand for something whose
shredding was cut off; the worker shreds that in its next round. None is ever missing.
"""

import hmac
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from himaya.config.env import environment

MARK = "himaya-tombstone/1"
PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file, without its MAC."""

    what: str
    target_id: UUID
    at: datetime
    cause: str

    def statement(self) -> str:
        """What the MAC is over."""
        moment = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return f"{MARK} {self.what} {self.target_id} {moment} {self.cause}"

    def mac(self) -> bytes:
        """The MAC that only this installation can make."""
        return hmac.digest(_key(), self.statement().encode(), sha256)


@cache
def _key() -> bytes:
    return environment().secret("tombstones")


def file() -> Path:
    """Where this installation keeps them."""
    return environment().data / "tombstones"


def bury(lines: Iterable[Line], path: Path | None = None) -> None:
    """Append lines. They are on stable storage when this returns."""
    path = path or file()
    new = "".join(f"{line.statement()} {line.mac().hex()}\n" for line in lines).encode()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, PRIVATE)
    try:
        size = os.fstat(descriptor).st_size
        # A line that a power cut left half written must not swallow the first new one.
        if size and os.pread(descriptor, 1, size - 1) != b"\n":
            new = b"\n" + new
        while new:
            new = new[os.write(descriptor, new) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    _keep_name_of(path)


def _keep_name_of(path: Path) -> None:
    """A file that was just made is there after a power cut only when its directory was written."""
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def read(path: Path) -> Iterator[Line | None]:
    """The lines of a file, in their order; None for one that this installation did not write."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as lines:
        for text in lines:
            if text.strip():
                yield _line(text)


def _line(text: str) -> Line | None:
    try:
        mark, what, target, moment, cause, mac = text.split()
        line = Line(what, UUID(target), datetime.fromisoformat(moment), cause)
        sound = mark == MARK and hmac.compare_digest(bytes.fromhex(mac), line.mac())
    except ValueError:  # a line that was cut short, or of another form
        return None
    return line if sound else None
