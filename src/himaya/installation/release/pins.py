"""What the lock files pin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from himaya.config.env import ROOT

PIN = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[^\s;]+)", re.MULTILINE)
RUNS_ON = ROOT / "requirements.lock"
LOCKS = (RUNS_ON, ROOT / "requirements-dev.lock", ROOT / "requirements-bootstrap.lock")


@dataclass(frozen=True, slots=True, order=True)
class Pin:
    """One package in the one version that is installed."""

    name: str
    version: str


def pins(locks: Sequence[Path] = LOCKS) -> list[Pin]:
    """Every package of the lock files, for whatever system it is."""
    found = set()
    for lock in locks:
        for match in PIN.finditer(lock.read_text(encoding="utf-8")):
            found.add(Pin(match["name"].lower(), match["version"]))
    return sorted(found)
