"""A whole installation on data of its own, for measurements and tests of the running service."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from himaya.installation import processes
from himaya.installation.commands.up import is_ready
from himaya.installation.failure import Failure
from himaya.installation.place import Place
from himaya.installation.ports import free_ports
from himaya.installation.postgres.cluster import Cluster
from himaya.installation.sites import Addresses

READY_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Running:
    """An installation that runs: its data and the addresses of its sites."""

    place: Place
    addresses: Addresses
    process: subprocess.Popen[str]


@contextmanager
def place() -> Iterator[Place]:
    """An empty data directory. It is removed afterwards, with the database made for it."""
    directory = Path(tempfile.mkdtemp(prefix="himaya-"))
    directory.chmod(
        0o711
    )  # PostgreSQL's user passes through; what lies inside has modes of its own
    found = Place(directory / "data")
    try:
        yield found
    finally:
        if found.data.exists():
            Cluster(found.postgres).remove()
        shutil.rmtree(directory, ignore_errors=True)


@contextmanager
def installation(*options: str) -> Iterator[Running]:
    """`himaya up` on temporary data, with these further options, until the block ends."""
    with place() as empty, started(empty, *options) as running:
        yield running


@contextmanager
def started(data: Place, *options: str) -> Iterator[Running]:
    """`himaya up` on this data until the block ends."""
    addresses = Addresses(*free_ports(2))
    command = processes.module(
        "himaya",
        "up",
        f"--data={data.data}",
        f"--public-port={addresses.public_port}",
        f"--officers-port={addresses.officers_port}",
        *options,
    )
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, text=True, start_new_session=True
    ) as up:
        try:
            _wait(data, up)
            yield Running(data, addresses, up)
        finally:
            up.terminate()


def _wait(data: Place, up: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not is_ready(data, up.pid):
        if up.poll() is not None or time.monotonic() > deadline:
            raise Failure("The temporary installation did not start.")
        time.sleep(0.1)
