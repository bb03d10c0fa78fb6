"""The demonstration's witnesses: two invented bodies, each with a directory and a key of its own.

`python -m himaya.installation.demo_witness NAME PORT` is one of them: `himaya-witness`, tied to the
life of `up`. In a country another body runs that program on its own machine.
"""

import os
import runpy
import signal
import sys
import time
from pathlib import Path

from himaya.audit.checkpoints import log_key, origin_name
from himaya.audit.files import write_whole
from himaya.audit.witnesses import Witness, directory, made
from himaya.config.env import ROOT, environment
from himaya.installation import ports, processes
from himaya.installation.children import Child, refuse_early_end
from himaya.installation.failure import Failure
from himaya.installation.lifeline import follow
from himaya.installation.place import Place

PROGRAM = ROOT / "himaya-witness"
BODIES = {"rights": "rights-body.example/witness", "observer": "observer.example/witness"}
READY_SECONDS = 60
ORIGINS = 9  # this many accepted losses the demonstration's witnesses go along with by themselves


def children(place: Place) -> list[Child]:
    """The witnesses' processes, not started yet; none where people are not invented."""
    if processes.kind_of(place) != processes.DEMO:
        return []
    known = processes.environment(place, "worker")
    module = "himaya.installation.demo_witness"
    return [
        Child(
            f"The witness {name}",
            processes.module(module, name, str(port)),
            known,
            place.log(f"witness-{name}"),
        )
        for name, port in zip(BODIES, ports.free_ports(len(BODIES)), strict=True)
    ]


def start(witnesses: list[Child]) -> None:
    """Start them, and wait until each answers: the start compares the ledger with what they saw."""
    deadline = time.monotonic() + READY_SECONDS
    for child in witnesses:
        child.start()
    for child in witnesses:
        while ports.is_free(int(child.command[-1])):
            refuse_early_end([child])
            if time.monotonic() > deadline:
                raise Failure(f"{child.name} does not answer after {READY_SECONDS} s.")
            time.sleep(0.05)


def main(name: str, port: int) -> None:
    """Be this witness until `up` ends. What is missing is made first, on both sides."""
    data = environment().data
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    follow(Place(data).up_lock, lambda: os.kill(os.getpid(), signal.SIGTERM))
    program = runpy.run_path(str(PROGRAM))
    witness = program["Witness"](data / "demo" / f"witness-{name}")
    if not (witness.directory / "key").exists():
        witness.make(BODIES[name])
    for number in range(1, ORIGINS + 1):
        witness.trust(log_key(origin_name(number)).written())
    trust(data, made(name, witness.vkey(), f"http://{ports.LOOPBACK}:{port}"))
    program["run"](witness, ports.LOOPBACK, port)


def trust(data: Path, witness: Witness) -> None:
    """Let the installation know the witness and where it is now."""
    write_whole(directory(data) / witness.name, witness.written().encode())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
