"""Reports that wait on this machine's disk while the database is away: sealed, each in one file.

A file is written whole, with its directory, before the receipt is shown. It begins with a MAC, so
that one which a failing disk or a hand has changed is set aside and counted, never taken in.
"""

import hmac
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from django.core import serializers
from django.core.serializers.base import DeserializationError
from django.db.models import Model

from himaya.config.env import environment
from himaya.reporting.models import Receipt, Report
from himaya.reporting.sealing import SealedReport
from himaya.vault.models import Compartment, CompartmentEpoch, Grant, Sealed

WAITS, BROKEN, HALF = ".report", ".broken", ".part"
MAC_BYTES = 32
LABEL = b"himaya spool v1"
LEFT_SECONDS = 3600.0  # a file that is still half after so long will never be whole


class Damaged(Exception):
    """A file of the spool is not what was written; it has been set aside."""


def folder() -> Path:
    """Where reports wait. Nobody else may look, though there is nothing to read."""
    place = environment().data / "spool"
    place.mkdir(mode=0o700, exist_ok=True)
    return place


def put(made: SealedReport) -> None:
    """Keep a report through a power cut. Raises OSError when the disk does not take it."""
    content = serializers.serialize("json", made.rows()).encode()
    final = folder() / f"{made.report.pk.hex}{WAITS}"
    # The button pressed twice at once writes twice, each a file of its own: the last one stays.
    half = final.with_suffix(f".{token_hex(4)}{HALF}")
    try:
        with half.open("wb") as file:
            file.write(_mac(content) + content)
            file.flush()
            os.fsync(file.fileno())
        half.rename(final)
        _sync(final.parent)
    except OSError:
        half.unlink(missing_ok=True)
        raise


def waiting() -> list[Path]:
    """The files that wait, the oldest first. Another process may take one away meanwhile."""
    found = []
    for path in folder().glob(f"*{WAITS}"):
        with suppress(FileNotFoundError):
            found.append((path.stat().st_mtime_ns, path))
    return [path for _since, path in sorted(found)]


def sweep(now: float) -> None:
    """Remove what was never written to its end, and so never acknowledged. now: as files count."""
    for path in folder().glob(f"*{HALF}"):
        with suppress(FileNotFoundError):
            if now - path.stat().st_mtime > LEFT_SECONDS:
                path.unlink()


def broken() -> list[Path]:
    """The files that were set aside."""
    return sorted(folder().glob(f"*{BROKEN}"))


def get(path: Path) -> SealedReport:
    """The report in a file. Raises Damaged, and then the file is set aside for people."""
    kept = path.read_bytes()
    mac, content = kept[:MAC_BYTES], kept[MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(content)):
        path.rename(path.with_suffix(BROKEN))
        _sync(path.parent)
        raise Damaged(path.name)
    return _report(list(_rows(content)))


def drop(path: Path) -> None:
    """The database has it for good."""
    path.unlink(missing_ok=True)
    _sync(path.parent)


def _rows(content: bytes) -> Iterator[Model]:
    try:
        for found in serializers.deserialize("json", content):
            yield found.object
    except DeserializationError as other_release:
        raise Damaged from other_release


def _report(rows: list[Model]) -> SealedReport:
    (report,) = (row for row in rows if isinstance(row, Report))
    (receipt,) = (row for row in rows if isinstance(row, Receipt))
    return SealedReport(
        report,
        receipt,
        [row for row in rows if isinstance(row, Compartment)],
        [row for row in rows if isinstance(row, CompartmentEpoch)],
        [row for row in rows if isinstance(row, Grant)],
        [row for row in rows if isinstance(row, Sealed)],
    )


@cache
def _key() -> bytes:
    return hmac.digest(environment().secret("carry"), LABEL, sha256)


def _mac(content: bytes) -> bytes:
    return hmac.digest(_key(), content, sha256)


def _sync(directory: Path) -> None:
    """A file's name is on the disk only when its directory is."""
    opened = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
