"""psql, as it comes with Himaya, on the database that `up` uses. Starts the database if need be.

Every other argument is passed on to psql unchanged, for example: himaya psql -c '\\dt'
"""

import os
import signal
import subprocess
from argparse import ArgumentParser, Namespace

from psycopg import pq

from himaya.installation.failure import Failure
from himaya.installation.inside import opened
from himaya.installation.place import Place
from himaya.installation.postgres.programs import programs
from himaya.installation.roles import LIMITS
from himaya.installation.server import SUPERUSER_FILE, Embedded

SUPERUSER = "superuser"


def add(parser: ArgumentParser) -> None:
    """As whom to look."""
    parser.add_argument(
        "--role",
        choices=[*LIMITS, SUPERUSER],
        default="owner",
        help="the database role to connect as (default: owner)",
    )


def run(options: Namespace) -> int:
    """Run psql and pass its exit code on."""
    place = Place(options.data)
    with opened(place) as server:
        if options.role == SUPERUSER and not isinstance(server, Embedded):
            raise Failure(
                "Only the embedded database has a superuser of ours. Choose another --role."
            )
        name = SUPERUSER_FILE if options.role == SUPERUSER else f"dsn-{options.role}"
        dsn = (place.secrets / name).read_text(encoding="utf-8").strip()
        signal.signal(signal.SIGINT, lambda *_: None)  # it is for psql, where it cancels a query
        command = [str(programs() / "psql"), *options.rest]
        return subprocess.run(command, env=connection_environment(dsn), check=False).returncode


def connection_environment(dsn: str) -> dict[str, str]:
    """The environment that makes psql connect: arguments would show the password to everybody."""
    known = {option.keyword: option for option in pq.Conninfo.parse(dsn.encode())}
    variables = dict(os.environ)
    for option in known.values():
        if option.envvar and option.val is not None:
            variables[option.envvar.decode()] = option.val.decode()
    if known[b"dbname"].val == b"postgres":
        variables["PGDATABASE"] = "himaya"
    return variables
