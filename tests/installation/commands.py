"""The command line as a person or a script uses it, and what it leaves running."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from himaya.installation import processes
from himaya.installation.place import Place

SECONDS = 30


def himaya(place: Place, *arguments: str, **how: object) -> subprocess.CompletedProcess[str]:
    """Run one command on this data directory to its end."""
    command = processes.module("himaya", *arguments, f"--data={place.data}")
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, **how)


def processes_of(place: Place) -> dict[int, str]:
    """Every process of this machine that belongs to an installation, with its command line."""
    mine = str(place.data).encode()
    found = {}
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            told = (directory / "environ").read_bytes() + (directory / "cmdline").read_bytes()
            state = (directory / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if mine in told and state != "Z":
            found[int(directory.name)] = (directory / "cmdline").read_bytes().decode()
    return found


def eventually(question: Callable[[], object], seconds: float = SECONDS) -> bool:
    """True once the answer is yes; False when it is still no after this time."""
    deadline = time.monotonic() + seconds
    while not question():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True
