"""Room on the disk, asked for before anything is half made."""

import shutil
from pathlib import Path

from himaya.installation.failure import Failure

MEGABYTE = 1_000_000
FIRST_START = 200 * MEGABYTE  # a fresh cluster, its log and the static files, with some to spare


def need(directory: Path, size: int) -> None:
    """Refuse when the disk of `directory` has less than `size` bytes free."""
    free = shutil.disk_usage(directory).free
    if free < size:
        raise Failure(
            f"The disk that holds {directory} has {free // MEGABYTE} MB free and "
            f"{size // MEGABYTE} MB are needed. Free some and start again."
        )
