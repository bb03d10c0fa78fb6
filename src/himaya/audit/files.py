"""Files that are there whole, and stay there when the power fails."""

import os
from pathlib import Path


def force(path: Path) -> None:
    """Wait until a file's content, or a directory's names, lie on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that after a power cut it holds the old content or the new, nothing else."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    force(path.parent)
