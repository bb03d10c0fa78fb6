"""The command line as a person or a script uses it."""

import subprocess

from himaya.installation import processes
from himaya.installation.place import Place


def himaya(place: Place, *arguments: str, **how: object) -> subprocess.CompletedProcess[str]:
    """Run one command on this data directory to its end."""
    command = processes.module("himaya", *arguments, f"--data={place.data}")
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, **how)
