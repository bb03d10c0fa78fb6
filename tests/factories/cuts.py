"""Power cuts under a running intake: what was acknowledged, and what of it is still there."""

import ctypes
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import psycopg
import pyrage
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from himaya.config.env import ROOT
from himaya.installation import processes
from himaya.installation.failure import Failure
from himaya.installation.place import Place
from himaya.installation.postgres.cluster import STARTED, Cluster
from himaya.vault.files import File
from himaya.vault.padding import unpad

DETACH = 2
BETWEEN = (0.8, 2.4)  # seconds from the start of the database to the next cut, at least and most
OUTAGE = (0.2, 0.8)  # seconds in which the machine runs and the database does not
SPOOL = "spool"  # a promise of ours, beside those of the database
Noted = dict[str, str]  # what the reporters say of a report that was acknowledged
FILES = (
    "SELECT s.content FROM vault_sealed s JOIN vault_compartment c ON c.id = s.compartment_id"
    " WHERE c.subject_id = %s AND s.name = 'file'"
)


@dataclass(frozen=True)
class Counted:
    """What a series of cuts left.

    spooled: of those acknowledged, how many waited on the disk. broken: the database did not start
    again, and why; then everything is lost.
    """

    cuts: int
    acknowledged: int
    spooled: int
    lost: int
    files_lost: int
    broken: bool = False
    why: str = ""

    def is_whole(self) -> bool:
        """True when everything that was acknowledged is there, files and all."""
        return not (self.broken or self.lost or self.files_lost)


# After a cut nothing is left that is not on the disk: to sync every file of it again is only slow.
# A server that ends says why; here nobody's words could be in it.
HERE = {"recovery_init_sync_method": "syncfs", "log_min_messages": "log"}
# What is not waited for is written a moment later, so that only the last moment would be lost.
LATER = {"wal_writer_delay": "10s", "wal_writer_flush_after": "1GB"}


class Forgetful(Cluster):
    """A server with some of its promises switched off."""

    def __init__(self, directory: Path, socket: Path, without: tuple[str, ...]) -> None:
        super().__init__(directory)
        self.socket = socket
        self.without = without

    def _settings(self) -> list[str]:
        off = {name: "off" for name in self.without if name != SPOOL}
        chosen = HERE | off | (LATER if off else {})
        said = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        return [*super()._settings(), *said]

    def die(self) -> None:
        """All of its processes at once, in the middle of whatever they do."""
        server = STARTED[self.data]
        for pid in (server.pid, *_children(server.pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        server.wait()


def _children(parent: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False
    )
    return [int(pid) for pid in listed.stdout.split()]


class Power:
    """A disk that forgets, with a database on it."""

    def __init__(self, place: Place, room: Path, without: tuple[str, ...]) -> None:
        self.room, self.without = room, without
        self.backing, self.mount = room / "disk", room / "mount"
        self.socket = room / "socket"
        shutil.copytree(Cluster(place.postgres).home, self.backing, ignore=_sockets)
        _own_like(Cluster(place.postgres).home, self.backing)
        (self.backing / "spool").mkdir()
        for directory in (self.mount, self.socket):
            directory.mkdir()
        account = Cluster(place.postgres).account
        account.owns(self.socket)

    def plug(self) -> None:
        """Mount. The machine runs, and the database does not yet."""
        program = ROOT / "tests" / "factories" / "lossy.py"
        self.disk = subprocess.Popen(
            [sys.executable, str(program), str(self.backing), str(self.mount)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.disk.stdout is not None
        assert self.disk.stdout.readline() == "mounted\n"

    def on(self) -> None:
        """Let the database recover. Raises Failure when it cannot."""
        self.server = Forgetful(self.mount, self.socket, self.without)
        self.server.start(self.room / "postgres.log")

    def cut(self) -> None:
        """Everything that was not on the disk is gone."""
        self.disk.kill()
        self.disk.wait()
        if self.disk.stdout is not None:
            self.disk.stdout.close()
        with suppress(KeyError):
            self.server.die()
        ctypes.CDLL(None).umount2(str(self.mount).encode(), DETACH)


def _sockets(directory: str, names: list[str]) -> set[str]:
    return {name for name in names if (Path(directory) / name).is_socket()}


def _own_like(source: Path, copy: Path) -> None:
    for found in (source, *source.rglob("*")):
        made = copy / found.relative_to(source)
        if made.exists():
            kept = found.lstat()
            os.chown(made, kept.st_uid, kept.st_gid)


def cut_often(
    place: Place, room: Path, *, cuts: int, without: tuple[str, ...] = (), seed: int = 1
) -> Counted:
    """Cut the power so often under the intake of a stopped installation, and count.

    Every other time the database stays away for a while, so that reports wait on the disk too.
    without: settings of the database that are switched off as a control, or SPOOL.
    """
    power, chance = Power(place, room, without), random.Random(seed)
    _lead(place, power)
    acknowledged: list[Noted] = []
    made = 0
    power.plug()
    power.on()
    try:
        with _reporters(place, acknowledged, without) as writer:
            for number in range(cuts):
                time.sleep(chance.uniform(*BETWEEN))
                power.cut()
                made += 1
                power.plug()
                if number % 2:
                    time.sleep(chance.uniform(*OUTAGE))
                power.on()
            _finish(writer)
    except Failure as why:
        return _all_lost(made, acknowledged, str(why))
    else:
        return _counted(power, place, made, acknowledged)
    finally:
        power.cut()


def _all_lost(cuts: int, acknowledged: list[Noted], why: str) -> Counted:
    whole = len(acknowledged)
    return Counted(cuts, whole, _spooled(acknowledged), whole, whole, broken=True, why=why)


def _spooled(acknowledged: list[Noted]) -> int:
    return sum(each["spooled"] == "yes" for each in acknowledged)


def _lead(place: Place, power: Power) -> None:
    """The installation's sites find the database, and their spool, on the disk that forgets."""
    for name in ("dsn-public", "dsn-superuser"):
        path = place.secrets / name
        path.write_text(make_conninfo(path.read_text(), host=str(power.socket)))
    spool = place.data / "spool"
    if spool.is_symlink() or spool.exists():
        spool.unlink() if spool.is_symlink() else shutil.rmtree(spool)
    spool.symlink_to(power.mount / "spool")


@contextmanager
def _reporters(
    place: Place, acknowledged: list[Noted], without: tuple[str, ...]
) -> Iterator["subprocess.Popen[str]"]:
    environment = {**os.environ, **processes.environment(place, "public")}
    environment["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
    writer = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.factories.cut_writer", *without],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert writer.stdout is not None
    first = writer.stdout.readline()
    assert first, "the reporters ended before they began"
    acknowledged.append(json.loads(first))

    def listen() -> None:
        assert writer.stdout is not None
        for line in writer.stdout:
            acknowledged.append(json.loads(line))

    listener = Thread(target=listen, daemon=True)
    listener.start()
    try:
        yield writer
    finally:
        writer.kill()
        writer.wait()
        listener.join(10)
        for line in filter(None, (writer.stdin, writer.stdout)):
            with suppress(BrokenPipeError):
                line.close()


def _finish(writer: "subprocess.Popen[str]") -> None:
    assert writer.stdin is not None
    writer.stdin.write("enough\n")
    writer.stdin.flush()
    writer.wait(180)


def _counted(power: Power, place: Place, cuts: int, acknowledged: list[Noted]) -> Counted:
    password = conninfo_to_dict((place.secrets / "dsn-superuser").read_text())["password"]
    lost = files_lost = 0
    try:
        with psycopg.connect(
            power.server.dsn(database="himaya"), password=str(password)
        ) as connection:
            for each in acknowledged:
                found = connection.execute(FILES, [each["report"]]).fetchall()
                lost += not found
                files_lost += [_digest(row[0], each["secret"]) for row in found] != [each["sha"]]
    except psycopg.Error as why:
        return _all_lost(cuts, acknowledged, str(why))
    return Counted(cuts, len(acknowledged), _spooled(acknowledged), lost, files_lost)


def _digest(sealed: bytes, secret: str) -> str:
    identity = pyrage.x25519.Identity.from_str(secret)
    return File.from_bytes(unpad(pyrage.decrypt(bytes(sealed), [identity]))).digest()
