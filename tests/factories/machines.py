"""What a test asks of the machine it runs on, and how many of those that asked did run.

A test that cannot look proves nothing: it is counted and named, never passed over in silence.
"""

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import pytest

from himaya.viewing import box


def _fuse() -> str:
    return "" if os.access("/dev/fuse", os.R_OK | os.W_OK) else "no /dev/fuse"


def _namespaces() -> str:
    if shutil.which("unshare") is None:
        return "no unshare"
    tried = subprocess.run(["unshare", "--user", "--map-root-user", "--net", "true"], check=False)
    return "no namespaces" if tried.returncode else ""


def _gcore() -> str:
    return "" if shutil.which("gcore") else "no gcore (package gdb)"


def _chromium() -> str:
    found = os.environ.get("HIMAYA_CHROMIUM") or shutil.which("chromium")
    return "" if found else "no Chromium"


def _box() -> str:
    try:
        return "" if box.run("", b"", code="print(1)") else "a box that says nothing"
    except box.NoBox:
        return "no bwrap (package bubblewrap)"
    except box.Failed:
        return "no box: namespaces are not allowed here"


def _patience() -> str:
    """A long loop, or much of one thing: every machine can, if somebody asks."""
    return ""


# What a test may ask for by `pytest.mark.machine("fuse")`, and what is missing when it is not here.
NEEDS: dict[str, Callable[[], str]] = {
    "fuse": _fuse,
    "namespaces": _namespaces,
    "gcore": _gcore,
    "chromium": _chromium,
    "box": _box,
    "patience": _patience,
}


def needs_of(item: pytest.Item) -> list[str]:
    """What a test asks of the machine, by the names of NEEDS; none when it has no such mark."""
    return [str(need) for marker in item.iter_markers("machine") for need in marker.args]


def is_machines(item: pytest.Item) -> bool:
    """Whether a test asks anything of the machine."""
    return item.get_closest_marker("machine") is not None


def faults(items: Sequence[pytest.Item]) -> Iterator[str]:
    """Tests that do not say what they need, or need what nobody knows how to find."""
    for item in filter(is_machines, items):
        needs = needs_of(item)
        if not needs or not set(needs) <= NEEDS.keys():
            yield f"{item.nodeid}: machine{tuple(needs)} is not one of {', '.join(NEEDS)}"


def lacking(item: pytest.Item) -> str:
    """Why this machine cannot run a test; empty when it can."""
    return ", ".join(filter(None, (NEEDS[need]() for need in needs_of(item))))


class Count:
    """How many tests of the machine ran, and why the others could not."""

    def __init__(self) -> None:
        self.ran = 0
        self.could_not: Counter[str] = Counter()
        self.not_asked = 0

    def line(self) -> str:
        """One line for the end of a run; empty where no such test was met."""
        blind = self.could_not.total()
        whole = self.ran + blind
        if self.not_asked:
            return f"machine tests: 0 of {self.not_asked} ran; they run with --machine"
        if not whole:
            return ""
        said = f"machine tests: {self.ran} of {whole} ran"
        reasons = "; ".join(f"{why} ({number})" for why, number in self.could_not.items())
        return f"{said}, {blind} could not: {reasons}" if blind else said
