"""One PostgreSQL cluster: made, started, stopped."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from himaya.installation.failure import Failure
from himaya.installation.postgres import home as homes
from himaya.installation.postgres.account import account_for
from himaya.installation.postgres.making import PLAIN, SUPERUSER, initdb, reason
from himaya.installation.postgres.programs import MAJOR, programs_for

PORT = 5432  # of the socket's name only: nothing listens on the network
START_SECONDS = 90
STOP_SECONDS = 60
PATIENCE_SECONDS = 15
MAY_PASS = ('"postmaster.pid" already exists', "is still in use")
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
FLEETING = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Nothing that a person wrote reaches a log, not even inside an error message.
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}

# Servers that this process started, by their data: a child must be taken leave of when it ends,
# whichever Cluster object stops it.
STARTED: dict[Path, subprocess.Popen[bytes]] = {}


class Cluster:
    """A private PostgreSQL in a directory. It listens on a socket that only its user may open.

    durable: False for tests, which may lose what they wrote when the machine stops.
    """

    def __init__(self, directory: Path, *, durable: bool = True) -> None:
        self.directory = directory.absolute()
        self.durable = durable
        first = account_for(self.directory / "cluster")
        self.home = homes.home_of(self.directory, first)
        self.data = self.home / "cluster"
        self.account = account_for(self.data)
        self.socket = homes.socket_directory(self.home, self.account)

    def exists(self) -> bool:
        """True when the cluster has been made. One that was made and is gone is a failure."""
        made = (self.data / "PG_VERSION").exists()
        if not made and homes.pointer(self.directory).exists():
            raise Failure(
                f"The database of this installation should be in {self.data} and is gone."
            )
        if made and (self.data / "PG_VERSION").read_text().strip() != MAJOR:
            raise Failure(
                f"{self.data} was made by another PostgreSQL than {MAJOR}. Use pg_upgrade."
            )
        return made

    def create(self, password: str | None) -> None:
        """Make the cluster, whole or not at all. Without a password it trusts whoever comes."""
        homes.make_private(self.home, self.account)
        # A name of its own: an initdb whose parent was killed may still be writing.
        unfinished = self.home / f"unfinished-{secrets.token_hex(4)}"
        word = self.home / "superuser-password"
        try:
            word.write_text(password or secrets.token_hex(16), encoding="ascii")
            os.chown(word, self.account.uid, self.account.gid)
            made = initdb(unfinished, word, self.account, trust=not password, sync=self.durable)
        finally:
            word.unlink(missing_ok=True)
        if made is not None:
            raise reason("made", made, self.home)
        unfinished.rename(self.data)
        for left in self.home.glob("unfinished-*"):
            shutil.rmtree(left, ignore_errors=True)
        if self.home != self.directory:
            homes.pointer(self.directory).write_text(f"{self.home}\n", encoding="utf-8")

    def start(self, log: Path) -> None:
        """Start the cluster and wait until it answers. Its process outlives a Ctrl-C of ours.

        A server that was killed leaves processes that need a moment to notice: waits for them.
        """
        homes.make_private(self.socket, self.account)
        if self.data in STARTED:
            STARTED[self.data].wait(PATIENCE_SECONDS)
        patience = time.monotonic() + PATIENCE_SECONDS
        while (said := self._try(log)) is not None:
            if not any(sign in said for sign in MAY_PASS) or time.monotonic() > patience:
                raise reason("started", said, self.home)
            time.sleep(0.2)

    def _try(self, log: Path) -> str | None:
        """Start the server once. Returns nothing when it answers, else its last words."""
        said_before = log.stat().st_size if log.exists() else 0
        process = STARTED[self.data] = self._launch(log)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                return log.read_bytes()[said_before:].decode(errors="replace")
            time.sleep(0.05)
        return None

    def _launch(self, log: Path) -> subprocess.Popen[bytes]:
        program = programs_for(self.account) / "postgres"
        with log.open("ab") as output:
            return subprocess.Popen(
                [str(program), "-D", str(self.data), *self._settings()],
                cwd="/",
                env=PLAIN,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **self.account.how(),
            )

    def _settings(self) -> list[str]:
        chosen: Mapping[str, str] = {
            **SETTINGS,
            **(DURABLE if self.durable else FLEETING),
            "unix_socket_directories": str(self.socket),
        }
        return [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]

    def _answers(self) -> bool:
        """True once a connection gets as far as being asked who it is."""
        try:
            psycopg.connect(self.dsn(), password="", connect_timeout=5).close()
        except psycopg.OperationalError as error:
            return "password" in str(error)
        return True

    def is_running(self) -> bool:
        """True when something listens on the cluster's socket."""
        with socket.socket(socket.AF_UNIX) as line:
            try:
                line.connect(str(self.socket / homes.SOCKET_NAME))
            except OSError:
                return False
        return True

    def stop(self) -> None:
        """Stop the cluster in an orderly way, whoever started it; no transaction is waited for."""
        pid = self._pid()
        if pid is None:
            return
        for how in (signal.SIGINT, signal.SIGQUIT):
            with suppress(ProcessLookupError):
                os.kill(pid, how)
            if self._ends(pid):
                return

    def _pid(self) -> int | None:
        """The server's process. A pid file alone is not believed: its number may be reused."""
        child = STARTED.get(self.data)
        if child is not None and child.poll() is None:
            return child.pid
        if not self.is_running():
            return None
        return int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])

    def _ends(self, pid: int) -> bool:
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline:
            self._take_leave()
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                return True
            time.sleep(0.05)
        return False

    def _take_leave(self) -> None:
        """A child that ended stays in the list of processes until its parent has asked."""
        if self.data in STARTED:
            STARTED[self.data].poll()

    def dsn(self, *, user: str = SUPERUSER, database: str = "postgres") -> str:
        """A connection string, without a password."""
        return make_conninfo(host=str(self.socket), port=PORT, dbname=database, user=user)

    def remove(self) -> None:
        """Remove the cluster from the disk, wherever it lies."""
        self.stop()
        for directory in {self.home, self.socket, self.directory}:
            shutil.rmtree(directory, ignore_errors=True)
        homes.pointer(self.directory).unlink(missing_ok=True)
