"""What a running process has in its memory, as a core dump shows it to whoever has the machine."""

import subprocess
from collections.abc import Iterator
from pathlib import Path


def core_of(process: int, directory: Path) -> bytes:
    """The memory of a process, by gcore, which lets it go on."""
    subprocess.run(
        ["gcore", "-a", "-o", str(directory / "core"), str(process)],
        check=True,
        capture_output=True,
    )
    dumped = directory / f"core.{process}"
    content = dumped.read_bytes()
    dumped.unlink()
    return content


def below(process: int) -> Iterator[tuple[int, str]]:
    """Every process that a process started, and those that they started, with its command line."""
    for child in _children(process):
        words = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ")
        yield child, words.decode(errors="replace").strip()
        yield from below(child)


def _children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text(encoding="ascii").split()]
