"""Making a backup: files first, then one snapshot of the database, in one sealed stream."""

import io
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from psycopg.conninfo import make_conninfo

from himaya.installation.backup import contents, tables
from himaya.installation.backup.manifest import Manifest
from himaya.installation.backup.pipes import sealing
from himaya.installation.commands.psql import connection_environment
from himaya.installation.failure import Failure, means_no_room, no_room
from himaya.installation.place import Place
from himaya.installation.postgres.programs import programs
from himaya.installation.progress import say
from himaya.installation.server import Connection, Server

MANIFEST = "manifest.json"
FILES = "files/"
DUMP = "database.dump"
PIECE = 8 << 20
README = b"""A backup of Himaya: a tar file inside an age file.

  age --decrypt --identity KEY BACKUP | tar --extract
  cat database.dump.* | pg_restore --no-owner --no-privileges --dbname DATABASE

files/ is the data directory without the database. manifest.json counts and hashes every table.
"""


def make(
    place: Place, server: Server, target: Path, recipients: Sequence[Any], pack: tuple[str, str]
) -> Manifest:
    """Write the backup, whole under its name or not at all.

    pack: the country pack's id and version.
    """
    with (
        whole_or_nothing(target) as file,
        sealing(file, recipients) as plain,
        tarfile.open(fileobj=plain, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        return _fill(tar, place, server, pack)


@contextmanager
def whole_or_nothing(target: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name when everything was written and is on the disk."""
    if target.exists():
        raise Failure(f"{target} is there already. A backup never replaces another.")
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _fill(tar: tarfile.TarFile, place: Place, server: Server, pack: tuple[str, str]) -> Manifest:
    _add(tar, "README.txt", README)
    # Before the snapshot: what witnesses saw is then never ahead of the ledger in it.
    for name, path in contents.files(place):
        if path != place.tombstones:
            _add_file(tar, f"{FILES}{name}", path)
    with tables.snapshot(server.administrator(), server.database) as connection:
        say("Counting and hashing every table")
        manifest = _manifest(connection, pack)
        _add(tar, MANIFEST, manifest.written())
        say("Putting the database away")
        for number, piece in enumerate(_dump(connection, server), start=1):
            _add(tar, f"{DUMP}.{number:06d}", piece)
    # After the snapshot: what was erased meanwhile is erased in a restore too.
    _add_file(tar, f"{FILES}{place.tombstones.name}", place.tombstones)
    return manifest


def _add_file(tar: tarfile.TarFile, name: str, path: Path) -> None:
    """A file as it is now; one that was taken away meanwhile is of no use any more."""
    with suppress(FileNotFoundError):
        _add(tar, name, path.read_bytes())


def _manifest(connection: Connection, pack: tuple[str, str]) -> Manifest:
    return Manifest(
        made_at=tables.moment(connection),
        pack=pack[0],
        pack_version=pack[1],
        server=connection.info.server_version,
        entries=tables.entries(connection),
        tables=tables.tables(connection),
    )


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))


def _dump(connection: Connection, server: Server) -> Iterator[bytes]:
    """pg_dump's own words about this very snapshot, in pieces."""
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    shot = row[0] if row else ""
    command = [str(programs() / "pg_dump"), "--format=custom", "--compress=gzip:1", "--no-password"]
    dsn = make_conninfo(server.administrator(), dbname=server.database)
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            [*command, f"--snapshot={shot}"],
            env=connection_environment(dsn),
            stdout=subprocess.PIPE,
            stderr=said,
        ) as dump,
    ):
        while dump.stdout and (piece := dump.stdout.read(PIECE)):
            yield piece
        if dump.wait() != 0:
            raise program_failed("pg_dump", said)


def program_failed(name: str, said: IO[bytes]) -> Failure:
    """The sentence about a program of PostgreSQL, with its own last words."""
    said.seek(0)
    words = said.read().decode(errors="replace").strip().splitlines() or ["it said nothing"]
    if means_no_room("\n".join(words)):
        return no_room("the backup's database")
    return Failure(f"{name} failed: {words[-1]}.")
