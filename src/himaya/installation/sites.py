"""The three processes of an installation: two sites and the worker."""

import http.client
import time
from dataclasses import dataclass

from himaya.installation import processes
from himaya.installation.children import Child, refuse_early_end
from himaya.installation.failure import Failure
from himaya.installation.place import Place
from himaya.installation.ports import LOOPBACK

READY_SECONDS = 120
HTTP_OK = 200
REPORTERS = 2  # sealing is work: a second interpreter uses a second core, and nothing is shared
OFFICERS = 1  # counts of failed sign-ins live in its memory


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the two sites are."""

    public_port: int
    officers_port: int

    @property
    def public(self) -> str:
        """The reporters' site, as a person types it."""
        return f"http://localhost:{self.public_port}"

    @property
    def officers(self) -> str:
        """The officers' site, as a person types it."""
        return f"http://localhost:{self.officers_port}"


def children(place: Place, addresses: Addresses) -> list[Child]:
    """The processes that must be there, not started yet."""
    worker = processes.module("himaya.installation.worker_process")
    return [
        _child(place, "The reporters' site", "public", serve(addresses.public_port, REPORTERS)),
        _child(place, "The officers' site", "staff", serve(addresses.officers_port, OFFICERS)),
        _child(place, "The worker", "worker", worker),
    ]


def _child(place: Place, name: str, settings: str, command: list[str]) -> Child:
    return Child(name, command, processes.environment(place, settings), place.log(settings))


def serve(port: int, workers: int) -> list[str]:
    """The web server's command.

    workers: processes, each with an interpreter of its own.
    Slow phones hold a thread while they send: with 32, sixteen of them leave room for everybody
    else. What comes above that waits in line and is not refused.
    """
    return processes.module(
        "granian",
        "--interface=wsgi",
        f"--host={LOOPBACK}",
        f"--port={port}",
        "--http=1",
        "--no-ws",
        f"--workers={workers}",
        "--blocking-threads=32",
        "--backlog=1024",
        "--backpressure=512",
        "--workers-kill-timeout=10",
        "--no-access-log",
        "--log-level=warning",
        "himaya.installation.served:application",
    )


def wait_until_ready(started: list[Child], addresses: Addresses) -> None:
    """Wait until both sites answer that they are well."""
    deadline = time.monotonic() + READY_SECONDS
    waiting = {addresses.public_port, addresses.officers_port}
    while waiting := {port for port in waiting if not is_well(port)}:
        refuse_early_end(started)
        if time.monotonic() > deadline:
            raise Failure(
                f"The site on port {min(waiting)} does not answer after {READY_SECONDS} s."
            )
        time.sleep(0.1)


def is_well(port: int) -> bool:
    """True when GET /healthz answers 200."""
    line = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == HTTP_OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
