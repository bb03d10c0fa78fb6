"""psql, as it comes with Himaya, on the database that `up` uses. Starts the database if need be.

Every other argument is passed on to psql unchanged, for example: himaya psql -c '\\dt'
"""

import os
import signal
import subprocess
from argparse import ArgumentParser, Namespace

from psycopg import pq
from psycopg.conninfo import make_conninfo

from himaya.installation.failure import Failure
from himaya.installation.inside import opened
from himaya.installation.place import Place
from himaya.installation.postgres.programs import programs
from himaya.installation.roles import LIMITS, dsn_file
from himaya.installation.server import Embedded, Server

SUPERUSER = "superuser"


def add(parser: ArgumentParser) -> None:
    """As whom to look."""
    parser.add_argument(
        "--role",
        choices=[*LIMITS, SUPERUSER],
        help="the database role to connect as (default: the superuser of the embedded database, "
        "whom no policy holds; the owner where there is none)",
    )


def run(options: Namespace) -> int:
    """Run psql and pass its exit code on."""
    place = Place(options.data)
    with opened(place) as server:
        dsn = _dsn(place, server, options.role)
        signal.signal(signal.SIGINT, lambda *_: None)  # it is for psql, where it cancels a query
        command = [str(programs() / "psql"), *options.rest]
        return subprocess.run(command, env=connection_environment(dsn), check=False).returncode


def _dsn(place: Place, server: Server, asked: str | None) -> str:
    role = asked or (SUPERUSER if isinstance(server, Embedded) else "owner")
    if role != SUPERUSER:
        return dsn_file(place, role).read_text(encoding="utf-8").strip()
    if not isinstance(server, Embedded):
        raise Failure("Only the embedded database has a superuser of ours. Choose another --role.")
    return make_conninfo(server.administrator(), dbname=server.database)


def connection_environment(dsn: str) -> dict[str, str]:
    """The environment that makes psql connect: arguments would show the password to everybody."""
    variables = dict(os.environ)
    for option in pq.Conninfo.parse(dsn.encode()):
        if option.envvar and option.val is not None:
            variables[option.envvar.decode()] = option.val.decode()
    return variables
