"""Start everything: the database, the reporters' site, the officers' site and the worker.

The first start makes the keys, the database and, unless --no-demo is given, clearly invented
people. Ctrl-C stops all of it. Only one `up` works on a data directory at a time.
"""

import fcntl
import json
import os
import signal
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import IO, NoReturn

from himaya.installation import demo_witness, ports, processes, sites
from himaya.installation.agreement import agrees
from himaya.installation.children import stop_all
from himaya.installation.failure import AlreadySaid, Failure
from himaya.installation.inside import opened
from himaya.installation.locks import take_soon
from himaya.installation.place import Place
from himaya.installation.progress import say
from himaya.installation.sites import Addresses

STOPPED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
HIGHEST_PORT = 65535


class Stopped(BaseException):
    """Somebody asked `up` to stop."""


def add(parser: ArgumentParser) -> None:
    """Ports, and whether invented people are wanted."""
    parser.add_argument(
        "--public-port", type=port, default=8000, help="the reporters' site (default: 8000)"
    )
    parser.add_argument(
        "--officers-port", type=port, default=8001, help="the officers' site (default: 8001)"
    )
    parser.add_argument(
        "--no-demo", action="store_true", help="no invented people: a real installation"
    )


def port(written: str) -> int:
    """A port number that a person gave."""
    if not written.isascii() or not written.isdigit() or not 1 <= int(written) <= HIGHEST_PORT:
        raise ArgumentTypeError(f"{written} is not a port: give a number from 1 to {HIGHEST_PORT}")
    return int(written)


def run(options: Namespace) -> int:
    """Run until somebody stops it. Returns 0 after an orderly stop."""
    place = Place(options.data)
    addresses = Addresses(options.public_port, options.officers_port)
    place.make()
    with _only_one(place) as note:
        _note(note, addresses, ready=False)
        _check_ports(addresses)
        decide_kind(place, demo=not options.no_demo)
        with _stopping():
            try:
                _serve(place, addresses, note)
            except Stopped:
                say("Stopped")
    return 0


@contextmanager
def _only_one(place: Place) -> Iterator[IO[str]]:
    with place.up_lock.open("a+") as note:
        if not take_soon(note, fcntl.LOCK_EX):
            note.seek(0)
            known = json.loads(note.read() or "{}")
            where = f" at {known['public']} and {known['officers']}" if known else ""
            raise Failure(
                f"Himaya already runs on {place.data}{where}. Stop that one first, with Ctrl-C."
            )
        try:
            yield note
        finally:
            note.truncate(0)


def _note(note: IO[str], addresses: Addresses, *, ready: bool) -> None:
    note.truncate(0)
    known = {
        "public": addresses.public,
        "officers": addresses.officers,
        "ready": ready,
        "pid": os.getpid(),
    }
    note.write(json.dumps(known))
    note.flush()


def _check_ports(addresses: Addresses) -> None:
    if addresses.public_port == addresses.officers_port:
        raise Failure("The two sites need two different ports.")
    ports.need_free(addresses.public_port, "--public-port")
    ports.need_free(addresses.officers_port, "--officers-port")


def decide_kind(place: Place, *, demo: bool) -> None:
    """Invented people never join real ones: what the first `up` decided stays.

    A real installation stays real also when --no-demo is forgotten.
    """
    kind = processes.kind_of(place)
    if kind == processes.DEMO and not demo:
        raise Failure(
            f"{place.data} holds invented people. Give --no-demo another --data directory."
        )
    if kind is None:
        place.kind.write_text(processes.DEMO if demo else processes.PLAIN, encoding="ascii")


@contextmanager
def _stopping() -> Iterator[None]:
    """Turn the signals that mean "stop" into Stopped; once, so that stopping is undisturbed."""

    def stop(_number: int, _frame: FrameType | None) -> NoReturn:
        for which in STOPPED:
            signal.signal(which, signal.SIG_IGN)
        raise Stopped

    for which in STOPPED:
        signal.signal(which, stop)
    yield


def _serve(place: Place, addresses: Addresses, note: IO[str]) -> None:
    with opened(place, always=True) as server:
        started = demo_witness.children(place)
        try:
            demo_witness.start(started)
            say("Comparing the ledger with its witnesses")
            if not agrees(place):
                raise AlreadySaid
            say("Starting the sites")
            for child in sites.children(place, addresses):
                started.append(child)
                child.start()
            sites.wait_until_ready(started, addresses)
            _note(note, addresses, ready=True)
            print(welcome(place, addresses), flush=True)
            while True:
                time.sleep(0.5)
                server.keep()
                for child in started:
                    child.keep(lambda: agrees(place))
        finally:
            say("Stopping")
            stop_all(started)


def welcome(place: Place, addresses: Addresses) -> str:
    """What a person needs once everything runs."""
    lines = [
        "Himaya is ready.",
        f"  Reporters' site  {addresses.public}",
        f"  Officers' site   {addresses.officers}",
    ]
    if place.officers.exists():
        names = json.loads(place.officers.read_text(encoding="utf-8"))
        roles = ", ".join(name for name in names if "@" not in name)
        lines.append("  To sign in as an invented officer: ./himaya demo credentials ROLE")
        lines.append(f"  with ROLE one of: {roles}; a wrong one lists the others too")
    lines.append("Ctrl-C stops everything.")
    return "\n".join(lines)


def is_ready(place: Place, pid: int) -> bool:
    """True when the `up` with this process number says that its sites answer."""
    try:
        note = json.loads(place.up_lock.read_text())
    except (FileNotFoundError, ValueError):
        return False
    return note["ready"] is True and note["pid"] == pid
