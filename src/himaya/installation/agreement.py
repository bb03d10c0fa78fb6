"""Asking, in a process of its own, whether the ledger agrees with its witnesses."""

import subprocess

from himaya.installation import processes
from himaya.installation.failure import AlreadySaid
from himaya.installation.place import Place

BEHIND = 3  # exit code: the ledger is behind its witnesses, or another one


def agrees(place: Place) -> bool:
    """True when it does; False when it could not be asked. Ends `up` when it does not."""
    command = processes.module("himaya.installation.work", "compare")
    asked = subprocess.run(command, env=processes.environment(place, "worker"), check=False)
    if asked.returncode == BEHIND:
        raise AlreadySaid
    return asked.returncode == 0
