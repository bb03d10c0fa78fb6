"""Locks between processes. The system frees them when their holder ends, however it ends."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from himaya.installation.progress import say

PATIENCE_SECONDS = 0.5


def take(file: IO[str], kind: int) -> bool:
    """Take a lock if nobody stands in the way; returns whether it was taken."""
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def take_soon(file: IO[str], kind: int) -> bool:
    """The same, a moment patient: `is_held` holds a lock itself while it looks."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not take(file, kind):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a lock that one process at a time may hold, waiting for it if need be."""
    with path.open("a") as file:
        if not take(file, fcntl.LOCK_EX):
            say(f"Waiting for another himaya command that works on {path.parent}")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_held(path: Path) -> bool:
    """True when some process holds this lock for itself alone."""
    try:
        with path.open() as file:
            return not take(file, fcntl.LOCK_SH)
    except FileNotFoundError:
        return False
