"""Restoring: an installation out of a backup, in an empty data directory, proved table by table."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from himaya.config.env import environment
from himaya.installation import preparation, processes, roles
from himaya.installation.backup import tables
from himaya.installation.backup.making import DUMP, program_failed
from himaya.installation.backup.manifest import Manifest
from himaya.installation.backup.opening import move_files, unpack
from himaya.installation.commands.psql import connection_environment
from himaya.installation.failure import AlreadySaid, Failure
from himaya.installation.keys import make_keys
from himaya.installation.locks import take_soon
from himaya.installation.place import Place
from himaya.installation.postgres.cluster import Cluster
from himaya.installation.postgres.programs import programs
from himaya.installation.progress import say
from himaya.installation.server import Server, server_of
from himaya.packs.loader import load


def restore(
    place: Place, backup: Path, identities: Sequence[Any], tombstones: Path | None
) -> Manifest:
    """Make the installation that the backup holds; nothing serves until all of it is there.

    tombstones: a newer list of what was erased than the one in the backup. While `restoring` lies
    in the data directory every other command refuses it, and another restore begins anew.
    """
    for needed in filter(None, (backup, tombstones)):
        if not needed.is_file():
            raise Failure(f"There is no file {needed}.")
    with _reserved(place):
        say("Opening the backup")
        manifest = unpack(backup, identities, place.restoring)
        move_files(place.restoring, place.data)
        if tombstones is not None:
            _add_tombstones(place, tombstones)
        os.environ.update(processes.environment(place, "command"))
        _check_pack(manifest)
        place.make()
        make_keys(place.secrets)
        server = server_of(place)
        with server.in_use():
            _fill(place, server, manifest)
            preparation.prepare(place, server)
            _finish(place)
        shutil.rmtree(place.restoring)
    return manifest


@contextmanager
def _reserved(place: Place) -> Iterator[None]:
    """The data directory for this restore alone: empty, or with what an earlier one left."""
    if not place.restoring.exists() and place.data.exists() and any(place.data.iterdir()):
        raise Failure(f"{place.data} is not empty. Restore into a directory of its own.")
    place.make()
    with place.up_lock.open("a+") as lock:
        if not take_soon(lock, fcntl.LOCK_EX):
            raise Failure(f"Another command works on {place.data}.")
        if place.restoring.exists():
            say("Removing what an earlier restore left")
            _clear(place)
        place.restoring.mkdir(mode=0o700)
        yield


def _clear(place: Place) -> None:
    """Remove everything but the mark, which goes last, and the lock that is held."""
    Cluster(place.postgres).remove()
    for path in place.data.iterdir():
        if path.is_dir() and path != place.restoring:
            shutil.rmtree(path)
        elif path.is_file() and path != place.up_lock:
            path.unlink()
    place.make()
    shutil.rmtree(place.restoring)


def _add_tombstones(place: Place, newer: Path) -> None:
    """Both lists count; a line that stands in both says the same twice."""
    with place.tombstones.open("ab") as known:
        known.write(b"\n" + newer.read_bytes())


def _check_pack(manifest: Manifest) -> None:
    pack = load(environment().pack)
    if pack.id != manifest.pack:
        raise Failure(
            f"The backup is of the country pack {manifest.pack}, not of {pack.id}. "
            "Name its folder in HIMAYA_PACK."
        )


def _fill(place: Place, server: Server, manifest: Manifest) -> None:
    """Load the database, and prove that it is the one that was put away."""
    roles.refuse_strangers(place, server.administrator())
    roles.write_dsns(place, server.administrator(), server.database)
    roles.make_roles(server.administrator(), server.database, roles.passwords(place))
    _refuse_full(server)
    say("Loading the database")
    _load(place, server.database)
    say("Counting and hashing every table")
    with tables.snapshot(server.administrator(), server.database) as connection:
        differences = manifest.differences(tables.tables(connection))
    if differences:
        raise Failure(f"What was restored is not what was put away: {'; '.join(differences)}.")


def _refuse_full(server: Server) -> None:
    dsn = make_conninfo(server.administrator(), dbname=server.database)
    with psycopg.connect(dsn) as connection:
        if connection.execute(tables.TABLES).fetchone() is not None:
            raise Failure(
                f"The database {server.database} is not empty. Restore into a new, empty one."
            )


def _load(place: Place, database: str) -> None:
    """As the owner of the tables, in one transaction."""
    dsn = roles.dsn_file(place, roles.OWNER).read_text(encoding="utf-8").strip()
    command = [
        str(programs() / "pg_restore"),
        "--no-password",
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={database}",
        str(place.restoring / DUMP),
    ]
    with tempfile.TemporaryFile() as said:
        environment_of = connection_environment(dsn)
        if subprocess.run(command, env=environment_of, stderr=said, check=False).returncode != 0:
            raise program_failed("pg_restore", said)


def _finish(place: Place) -> None:
    """What needs Django: erased once is erased again, and nobody stays signed in."""
    command = processes.module("himaya.installation.work", "restored")
    work = subprocess.run(command, env=processes.environment(place, "worker"), check=False)
    if work.returncode != 0:
        raise AlreadySaid
