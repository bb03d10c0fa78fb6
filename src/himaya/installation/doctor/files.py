"""The installation's own files."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from himaya.installation import processes
from himaya.installation.doctor.findings import Finding, danger, warning
from himaya.installation.place import PRIVATE, Place

SECRET_FILE = 0o600
FORGETFUL = {"tmpfs", "ramfs", "devtmpfs"}
MOUNTS = Path("/proc/mounts")
SWAPS = Path("/proc/swaps")
LATE = 600  # seconds after which the database should have taken what waits


def secrets_are_shut(place: Place) -> Iterator[Finding]:
    """Only the installation's own user may read a key."""
    for path in (place.secrets, *sorted(place.secrets.iterdir())):
        found = path.stat()
        wanted = PRIVATE if path.is_dir() else SECRET_FILE
        if found.st_mode & 0o777 != wanted or found.st_uid != os.geteuid():
            yield danger(
                "files.secret_open",
                path=path,
                mode=f"{found.st_mode & 0o777:o}",
                wanted=f"{wanted:o}",
            )


def people_are_real(place: Place) -> Iterator[Finding]:
    """A demonstration takes no real report; a real installation holds no invented people."""
    if processes.kind_of(place) == processes.DEMO:
        yield warning("files.demonstration")
    elif place.officers.exists():
        yield danger("files.credentials_left", path=place.officers)


def registrar_is_away(place: Place) -> Iterator[Finding]:
    """The key that signs desks' keys belongs to two bodies, not on this machine."""
    if processes.kind_of(place) != processes.DEMO and (place.secrets / "registrar").exists():
        yield danger("files.registrar_here", path=place.secrets / "registrar")


def data_outlives_a_power_cut(place: Place) -> Iterator[Finding]:
    """An acknowledged report must be there after a power cut."""
    for directory in (place.data, _database(place)):
        if _file_system(directory) in FORGETFUL:
            yield danger("files.in_memory", directory=directory)


def memory_stays_in_memory(place: Place) -> Iterator[Finding]:
    """What is opened must not be written to a disk as swapped memory."""
    if len(SWAPS.read_text(encoding="ascii").splitlines()) > 1:
        yield warning("files.swap")


def _database(place: Place) -> Path:
    location = place.data / "postgres.location"
    return (
        Path(location.read_text(encoding="utf-8").strip()) if location.exists() else place.postgres
    )


def _file_system(directory: Path) -> str:
    """The kind of file system that a directory lies on: of the deepest mount above it."""
    kinds = {}
    for line in MOUNTS.read_text(encoding="utf-8").splitlines():
        _device, mounted_at, kind, *_rest = line.split()
        kinds[Path(mounted_at)] = kind
    found = directory.resolve()
    return next(kinds[path] for path in (found, *found.parents) if path in kinds)


def spool_is_whole(place: Place) -> Iterator[Finding]:
    """No report that waited for the database was damaged, and none has waited for long."""
    spool = place.data / "spool"
    damaged = len(list(spool.glob("*.broken")))
    if damaged:
        yield danger("files.spool_damaged", number=damaged, directory=spool)
    late = [path for path in spool.glob("*.report") if time.time() - path.stat().st_mtime > LATE]
    if late:
        yield danger("files.spool_waits", number=len(late), directory=spool)
