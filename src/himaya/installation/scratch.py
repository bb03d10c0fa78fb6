"""Directories that live as long as the process that made them."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "himaya-test-"


def make_scratch() -> Path:
    """A directory for this process, removed at its end; what dead processes left is removed now.

    Type checkers and killed tests end without cleaning up: the number in the name says whose it is.
    """
    base = Path(tempfile.gettempdir())
    for left in base.glob(f"{PREFIX}*"):
        number = left.name.removeprefix(PREFIX)
        if number.isdecimal() and not _lives(int(number)):
            shutil.rmtree(left, ignore_errors=True)
    made = base / f"{PREFIX}{os.getpid()}"
    made.mkdir()
    made.chmod(0o711)  # PostgreSQL's user passes through to its cluster
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid != os.getpid()
