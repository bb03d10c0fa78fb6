"""Bringing an installation's database and files to what this version of Himaya expects."""

import hashlib
import subprocess

from himaya.installation import policies, processes, roles
from himaya.installation.failure import AlreadySaid
from himaya.installation.place import Place
from himaya.installation.progress import say
from himaya.installation.server import Server


def prepare(place: Place, server: Server) -> None:
    """Make roles, tables, policies, static files, catalogues; load the pack. Harmless to repeat.

    The work is done in a process of its own: the one that stays to watch over the sites is small.
    """
    say("Preparing the database")
    roles.make_roles(server.administrator(), server.database, roles.passwords(place))
    command = processes.module("himaya.installation.work", "prepare")
    with subprocess.Popen(command, env=processes.environment(place, "command")) as work:
        try:
            code = work.wait()
        finally:
            work.terminate()
    if code != 0:
        raise AlreadySaid
    place.prepared.write_text(fingerprint(server), encoding="ascii")


def is_prepared(place: Place, server: Server) -> bool:
    """True when the database was prepared with these migrations and policies."""
    return place.prepared.exists() and place.prepared.read_text(encoding="ascii") == fingerprint(
        server
    )


def fingerprint(server: Server) -> str:
    """What the database should look like, as one number."""
    found = hashlib.sha256(f"{type(server).__name__} {server.database}".encode())
    for path in [*sorted(policies.HIMAYA.glob("*/migrations/*.py")), *policies.files()]:
        found.update(path.read_bytes())
    return found.hexdigest()
