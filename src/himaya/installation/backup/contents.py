"""Which files of a data directory belong to a backup: all that a bare machine cannot make again."""

from collections.abc import Iterator
from pathlib import Path

from himaya.installation.place import Place
from himaya.installation.server import SUPERUSER_FILE, URL_FILE

# Made again wherever it starts, or of this machine only. What is new belongs to a backup until it
# is named here: nothing is lost by being forgotten.
LEFT_OUT = (
    "postgres",
    "postgres.location",
    "logs",
    "static",
    "prepared",
    "rights",
    "restoring",
    "doors",
)
# Of a demonstration: what opens the backup, and what in a country other bodies keep.
NEVER = ("demo/recovery-shares/", "demo/witness-")
MACHINES_OWN = (SUPERUSER_FILE, URL_FILE)


def files(place: Place) -> Iterator[tuple[str, Path]]:
    """Every file to be put away, with its name in the backup, in the order of names."""
    for path in sorted(place.data.rglob("*")):
        name = path.relative_to(place.data).as_posix()
        if path.is_file() and not path.is_symlink() and _belongs(name):
            yield name, path


def _belongs(name: str) -> bool:
    parts = name.split("/")
    if parts[0] in LEFT_OUT or name.endswith(".lock") or any(part[0] == "." for part in parts):
        return False
    if name.startswith(NEVER):
        return False
    return not (parts[0] == "secrets" and _is_of_this_machine(parts[-1]))


def _is_of_this_machine(secret: str) -> bool:
    return secret in MACHINES_OWN or secret.startswith("dsn-")
