"""The box: a process of its own that sees no network, no person's data and no other process."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from io import FileIO
from pathlib import Path

from himaya.viewing.limits import MOST_OUTPUT, SECONDS

PROGRAM = "bwrap"  # of the package bubblewrap
DRAWING = ("PIL", "pillow.libs", "pypdfium2", "pypdfium2_cfg", "pypdfium2_raw")
SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache")
HERE = Path(__file__).parent
DRAW = (
    "import sys; sys.path.insert(0, '/box');"
    " from himaya.viewing.inside import main; sys.exit(main(sys.argv[1]))"
)


class NoBox(Exception):
    """There is no box on this machine, so nothing is drawn."""


class Failed(Exception):
    """The program in the box said no, died, or took too long. code: what it ended with."""

    def __init__(self, code: int | None) -> None:
        super().__init__(code)
        self.code = code


def run(kind: str, content: bytes, *, code: str = DRAW) -> bytes:
    """What the program in the box writes when it is given the content. Raises NoBox or Failed.

    code: another program than the one that draws, for trying out the box.
    """
    command = [*walls(), os.path.realpath(sys.executable), "-I", "-S", "-c", code, kind]
    with _memory("given") as given, _memory("made") as made:
        given.write(content)
        given.seek(0)
        ended = _run(command, given, made)
        if ended:
            raise Failed(ended)
        made.seek(0)
        return made.read(MOST_OUTPUT)


def _run(command: Sequence[str], given: FileIO, made: FileIO) -> int:
    try:
        return subprocess.run(  # noqa: S603 - our own program, no shell
            command,
            stdin=given,
            stdout=made,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired as late:
        raise Failed(None) from late


def _memory(name: str) -> FileIO:
    """A file that has no place on any disk: what goes in and comes out was under seal."""
    return FileIO(os.memfd_create(name), "r+")


def walls() -> list[str]:
    """How bubblewrap is called: everything is taken away, and these few things are let in."""
    found = shutil.which(PROGRAM)
    if found is None:
        raise NoBox
    return [
        found,
        *("--unshare-all", "--unshare-user", "--disable-userns", "--uid", "65534"),
        *("--gid", "65534", "--cap-drop", "ALL", "--die-with-parent", "--new-session"),
        "--clearenv",
        *(word for path in SYSTEM for word in ("--ro-bind-try", path, path)),
        *("--ro-bind", sys.base_prefix, sys.base_prefix),
        *("--ro-bind", str(HERE), "/box/himaya/viewing"),
        *(word for path in _libraries() for word in ("--ro-bind", str(path), f"/box/{path.name}")),
        *("--dev", "/dev", "--proc", "/proc", "--tmpfs", "/scratch", "--chdir", "/scratch"),
        "--",
    ]


def _libraries() -> list[Path]:
    """Where the libraries lie that draw; nothing else that is installed is let in."""
    found = find_spec("PIL")
    if found is None or found.origin is None:
        raise NoBox
    packages = Path(found.origin).parents[1]
    return [packages / name for name in DRAWING if (packages / name).exists()]
