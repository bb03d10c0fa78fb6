"""The PostgreSQL of an installation: the embedded one, or a server of the operator's own."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from fcntl import LOCK_EX, LOCK_SH
from typing import Protocol, TypeAlias
from urllib.parse import urlsplit

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from himaya.installation import room
from himaya.installation.failure import Failure
from himaya.installation.keys import write_secret
from himaya.installation.locks import alone, take
from himaya.installation.place import Place
from himaya.installation.postgres.cluster import Cluster
from himaya.installation.progress import say

Connection: TypeAlias = psycopg.Connection[tuple[object, ...]]

DATABASE = "himaya"
OLDEST_SERVER = 15
URL_FILE = "database-url"
SUPERUSER_FILE = "dsn-superuser"


class Server(Protocol):
    """A PostgreSQL that an installation uses. database: the name of the installation's own."""

    database: str

    def in_use(self) -> AbstractContextManager[None]:
        """Running while the block lasts."""

    def administrator(self) -> str:
        """A connection string of somebody who may make roles."""

    def keep(self) -> None:
        """Start it again if it went away and that is in our hands."""


class Embedded:
    """The PostgreSQL that comes with Himaya. It runs while some command uses it."""

    database = DATABASE

    cluster: Cluster

    def __init__(self, place: Place) -> None:
        self.place = place

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Start it unless it runs; the last command that used it stops it."""
        with self.place.users_lock.open("a") as users:
            with alone(self.place.starting_lock):
                take(users, LOCK_SH)
                self.cluster = Cluster(self.place.postgres)
            try:
                self.keep()
                yield
            finally:
                with alone(self.place.starting_lock):
                    if take(users, LOCK_EX):
                        self.cluster.stop()

    def keep(self) -> None:
        """Start it unless it runs. The sites find a new one under the name of the old one."""
        if not self.cluster.is_running():
            with alone(self.place.starting_lock):
                self._start()

    def _start(self) -> None:
        if self.cluster.is_running():
            return
        if self.cluster.exists():
            self._check_password_is_there()
        else:
            room.need(self.place.data, room.FIRST_START)
            self._create()
        say("Starting PostgreSQL")
        self.cluster.start(self.place.log("postgres"))

    def _check_password_is_there(self) -> None:
        if not (self.place.secrets / SUPERUSER_FILE).exists():
            raise Failure(f"The keys in {self.place.secrets} are not those of {self.cluster.data}.")

    def _create(self) -> None:
        say("Making the database cluster (only the first time)")
        written = self.place.secrets / SUPERUSER_FILE
        if not written.exists():
            password = os.urandom(24).hex()
            write_secret(written, make_conninfo(self.cluster.dsn(), password=password))
        self.cluster.create(str(conninfo_to_dict(written.read_text())["password"]))

    def administrator(self) -> str:
        """The superuser of the cluster, wherever its socket is now."""
        known = conninfo_to_dict((self.place.secrets / SUPERUSER_FILE).read_text())
        return make_conninfo(self.cluster.dsn(), password=known["password"])


class Own:
    """A server of the operator's. The user of DATABASE_URL owns the database and may make roles."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.database = str(conninfo_to_dict(url)["dbname"])

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Nothing to start. Refuse a server that is away, too old or forgetful."""
        with self._connection() as connection:
            version = connection.info.server_version // 10000
            if version < OLDEST_SERVER:
                raise Failure(
                    f"The server of DATABASE_URL is PostgreSQL {version}; "
                    f"Himaya needs {OLDEST_SERVER} or newer."
                )
            _check_durable(connection)
            _check_rights(connection)
        yield

    def _connection(self) -> Connection:
        try:
            return psycopg.connect(self.url, connect_timeout=10)
        except psycopg.OperationalError as error:
            reason = str(error).strip().splitlines()[0]
            raise Failure(f"The server of DATABASE_URL cannot be used: {reason}.") from error

    def administrator(self) -> str:
        """The user of DATABASE_URL."""
        return self.url

    def keep(self) -> None:
        """Its operator keeps it running."""


def _check_durable(connection: Connection) -> None:
    for setting in ("fsync", "full_page_writes"):
        if connection.execute(sql.SQL("SHOW {}").format(sql.Identifier(setting))).fetchone() != (
            "on",
        ):
            raise Failure(
                f"The server of DATABASE_URL has {setting} off: a power cut would lose reports."
            )


def _check_rights(connection: Connection) -> None:
    row = connection.execute(
        "SELECT (rolsuper OR rolcreaterole) AND pg_has_role(datdba, 'USAGE')"
        " FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()"
    ).fetchone()
    if row != (True,):
        raise Failure(
            "The user of DATABASE_URL must own its database and may make roles (CREATEROLE)."
        )


def server_of(place: Place) -> Server:
    """The server that this installation uses. The first start decides, and it is remembered."""
    remembered = place.secrets / URL_FILE
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return Own(remembered.read_text().strip()) if remembered.exists() else Embedded(place)
    _check_url(url)
    if (place.secrets / SUPERUSER_FILE).exists():
        raise Failure(
            f"{place.data} has an embedded database. Give DATABASE_URL another --data directory."
        )
    if not remembered.exists() or remembered.read_text().strip() != url:
        write_secret(remembered, url)
    return Own(url)


def _check_url(url: str) -> None:
    try:
        known = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise Failure("DATABASE_URL is not a PostgreSQL address.") from error
    if urlsplit(url).scheme not in {"postgres", "postgresql"} or not known.get("dbname"):
        raise Failure("DATABASE_URL must read postgresql://USER:PASSWORD@HOST:PORT/DATABASE.")
