"""How much of the processors a running installation has used, and which part of it."""

import os
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PARENT, SPENT = 1, slice(11, 15)  # of the fields behind the name: own time, and of ended children


@dataclass(frozen=True)
class Process:
    """One line of /proc: seconds are those of the process and of its children that ended."""

    part: str
    parent: int
    seconds: float


def processes() -> dict[int, Process]:
    """Everything that runs now."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, rest = path.read_text().rsplit(")", 1)
        except OSError:  # it ended meanwhile
            continue
        fields = rest.split()
        spent = sum(map(int, fields[SPENT])) / TICKS
        part = _part(path.with_name("cmdline"), head.split("(", 1)[1])
        found[int(path.parent.name)] = Process(part, int(fields[PARENT]), spent)
    return found


def _part(command: Path, name: str) -> str:
    if name == "postgres":
        return "database"
    try:
        return "worker" if b"worker_process" in command.read_bytes() else "sites"
    except OSError:
        return "sites"


def spent(root: int) -> Counter[str]:
    """Seconds of processor so far: of the installation's parts below root, and of this program."""
    known = processes()
    seconds: Counter[str] = Counter({"reporters": time.process_time()})
    for process in (each for pid, each in known.items() if _below(pid, root, known)):
        seconds[process.part] += process.seconds
    return seconds


def _below(pid: int, root: int, known: dict[int, Process]) -> bool:
    while pid in known and pid != root:
        pid = known[pid].parent
    return pid == root
