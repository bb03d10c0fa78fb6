"""The tree's hashes as files (C2SP tlog-tiles): what anybody may see, and what proofs need.

Of the specification these are the parts "Checkpoints" and "Merkle Tree": the signed `checkpoint`,
tiles of 256 hashes, partial tiles. The part "Log entries" is left out: an entry is nobody's to see.
Its leaf in the tree is a salted commitment, so a tile tells nothing of it.

What `size` covers is never written again: new hashes are added to those that lie there. Each file
comes whole under its name and is forced to the disk, `size` last; what a power cut leaves beyond it
counts for nothing.
"""

import os
import shutil
from pathlib import Path

from himaya.audit.files import force, write_whole
from himaya.audit.merkle import hashes_in, paired

HEIGHT = 8
WIDTH = 1 << HEIGHT
DIGITS = 1000


def _folded(row: list[bytes]) -> bytes:
    """The root over a row whose length is a power of two."""
    while len(row) > 1:
        row = paired(row)
    return row[0]


class Tiles:
    """The tiles of one origin, in a directory that a web server may hand out as it is."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    @property
    def checkpoint(self) -> Path:
        """The newest signed head of these tiles, with the co-signatures there are."""
        return self.directory / "checkpoint"

    @property
    def size(self) -> int:
        """How many leaves are in the tiles for certain."""
        path = self.directory / "size"
        return int(path.read_text(encoding="ascii")) if path.exists() else 0

    def path(self, level: int, number: int, width: int = WIDTH) -> Path:
        """Where a tile lies, for example tile/0/x001/234.p/17."""
        name = f"{number % DIGITS:03}"
        while number := number // DIGITS:
            name = f"x{number % DIGITS:03}/{name}"
        partial = "" if width == WIDTH else f".p/{width}"
        return self.directory / "tile" / str(level) / f"{name}{partial}"

    def tile(self, level: int, number: int) -> list[bytes]:
        """The hashes of a tile, as many as there are now."""
        width = min((self.size >> HEIGHT * level) - number * WIDTH, WIDTH)
        return self.stored(level, number, width) if width > 0 else []

    def stored(self, level: int, number: int, width: int) -> list[bytes]:
        """The first hashes of a tile that has at least so many."""
        path = self.path(level, number, width)
        whole = path if path.exists() else self.path(level, number)
        return hashes_in(whole.read_bytes())[:width]

    def node(self, height: int, index: int) -> bytes:
        """The hash over leaves [index · 2^height, (index + 1) · 2^height)."""
        level, within = divmod(height, HEIGHT)
        number, place = divmod(index << within, WIDTH)
        return _folded(self.tile(level, number)[place : place + (1 << within)])

    def extend(self, leaves: list[bytes]) -> None:
        """Add leaves at the end, given as their hashes."""
        made: list[Path] = []
        level, size, row = 0, self.size, leaves
        while row:
            row = [*self.tile(level, size // WIDTH), *row]
            first, above = size // WIDTH, []
            for start in range(0, len(row), WIDTH):
                tile = row[start : start + WIDTH]
                made.append(self._write(level, first + start // WIDTH, tile))
                if len(tile) == WIDTH:
                    above.append(_folded(tile))
            level, size, row = level + 1, first, above
        for path in made:
            force(path)
        for directory in {parent for path in made for parent in path.parents}:
            if directory.is_relative_to(self.directory):
                force(directory)
        write_whole(self.directory / "size", f"{self.size + len(leaves)}\n".encode())
        for path in made:
            shutil.rmtree(path.with_name(f"{path.name}.p"), ignore_errors=True)  # it is full now

    def _write(self, level: int, number: int, tile: list[bytes]) -> Path:
        path = self.path(level, number, len(tile))
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        unfinished.write_bytes(b"".join(tile))
        unfinished.replace(path)
        return path
