"""Ending together: a process of the installation ends when the `up` that started it is gone."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from himaya.installation.locks import is_held

SECONDS = 0.5


def follow(up_lock: Path, end: Callable[[], None]) -> None:
    """Call `end` once nobody holds the lock of `up`, or this process lost its parent.

    The lock is freed even when `up` is killed, and no other process can be mistaken for it.
    """
    parent = os.getppid()

    def watch() -> None:
        while is_held(up_lock) and os.getppid() == parent:
            time.sleep(SECONDS)
        end()

    threading.Thread(target=watch, name="lifeline", daemon=True).start()
