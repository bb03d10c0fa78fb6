"""What lies outside the database and says how the ledger must be."""

from dataclasses import dataclass, field
from pathlib import Path

from himaya.audit import checkpoints, proofs, witnessed, witnesses
from himaya.audit.checkpoints import Head
from himaya.audit.faults import Proof
from himaya.audit.heads import copy, newest_tiles
from himaya.audit.journal import Journal
from himaya.audit.merkle import HASH_BYTES
from himaya.audit.tiles import HEIGHT, WIDTH, Tiles


class Published:
    """The leaf hashes in the tiles, compared with those of the entries as these come by."""

    def __init__(self, tiles: Tiles | None) -> None:
        self._tiles = tiles
        self.size = tiles.size if tiles else 0
        self.root = proofs.root(tiles, self.size) if tiles else b""
        self._start, self._waiting = 0, b""

    def compare(self, leaves: bytes, proof: Proof) -> None:
        """Take the next leaves; name the first of each tile that was published otherwise."""
        self._waiting += leaves
        while self._start < self.size:
            width = min(WIDTH, self.size - self._start)
            if len(self._waiting) < width * HASH_BYTES:
                return
            self._look(self._waiting[: width * HASH_BYTES], width, proof)
            self._waiting = self._waiting[width * HASH_BYTES :]
            self._start += width
        self._waiting = b""

    def _look(self, here: bytes, width: int, proof: Proof) -> None:
        tiles = self._tiles
        there = b"".join(tiles.tile(0, self._start >> HEIGHT)[:width]) if tiles else here
        proof.published += width
        for place in range(width) if here != there else ():
            place_in = slice(place * HASH_BYTES, (place + 1) * HASH_BYTES)
            if here[place_in] != there[place_in]:
                proof.add(self._start + place, "the entry is not the one that was published here")
                return

    def check_end(self, proof: Proof) -> None:
        """After all entries: are the published ones all there?"""
        if self._start < self.size:
            self._look(self._waiting, len(self._waiting) // HASH_BYTES, proof)
            missing = f"{self.size} entries were published; the end is missing"
            proof.add(proof.entries, missing)


@dataclass(slots=True)
class Outside:
    """Read before the database, so that whatever stands here is in the database's snapshot.

    heads: what each is, and the head; None for a note that nobody here signed.
    """

    heads: list[tuple[str, Head | None]] = field(default_factory=list)
    macs: frozenset[str] = frozenset()
    published: Published = field(default_factory=lambda: Published(None))

    @classmethod
    def read(cls, data: Path | None) -> "Outside":
        """What an installation's data directory holds; nothing without one."""
        if data is None:
            return cls()
        heads = []
        if copy(data).exists():
            head = checkpoints.read(copy(data).read_text(encoding="utf-8"))
            heads.append(("the checkpoint outside the database", head))
        for witness in witnesses.trusted(data):
            path = witnessed.path_of(witness.name, data)
            if path.exists():
                seen = witnessed.verified(witness, path.read_text(encoding="utf-8"))
                heads.append((f"what {witness.name} witnessed", seen.head if seen else None))
        return cls(heads, Journal(data / "journal").macs(), Published(newest_tiles(data)))
