"""Publishing the tree: its hashes into tiles outside the database, then a signed head over them.

The root that is signed is that of the tiles. Hashes that lie there are never taken from the
database again: who rewrites or shortens the ledger there gets no signature for it.
"""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from himaya.audit import checkpoints, proofs
from himaya.audit.checkpoints import Head
from himaya.audit.files import write_whole
from himaya.audit.merkle import Tree, leaf_hash
from himaya.audit.models import Checkpoint, Entry, TreeHead
from himaya.audit.origin import Origin, origins
from himaya.audit.tiles import Tiles

AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class NotPublished(Exception):
    """The database does not go on where the tiles end. Nothing is signed until people looked."""

    published: int
    found: str

    def __str__(self) -> str:
        return f"{self.published} entries are published, but {self.found}"


def tiles_of(data: Path, origin: Origin) -> Tiles:
    """The tiles of one origin, below an installation's data directory."""
    return Tiles(data / "tiles" / str(origin.number))


def newest_tiles(data: Path) -> Tiles:
    """The tiles of the present origin."""
    return tiles_of(data, origins()[-1])


@transaction.atomic
def publish(*, data: Path, limit: int = AT_ONCE) -> Checkpoint | None:
    """Publish the hashes of entries that are new, up to `limit`, and sign the head over them.

    Returns None when there is nothing new. Raises NotPublished. Harmless to repeat after a cut:
    tiles without a signed head get one the next time.
    """
    origin = origins()[-1]
    tiles = tiles_of(data, origin)
    published = tiles.size
    place = TreeHead.objects.filter(id=1).first() or TreeHead()
    if place.size < published:
        raise NotPublished(published, f"the sequencer stands at {place.size}")
    tiles.extend(_new_leaves(published, limit))
    size = tiles.size
    if not origin.first < size or Checkpoint.objects.filter(size=size).exists():
        return None
    root = proofs.root(tiles, size)
    if size == place.size and root != Tree.thawed(size, bytes(place.frontier)).root():
        raise NotPublished(size, "the sequencer stands on another tree")
    note = checkpoints.sign(Head(origin.name, size, root))
    return Checkpoint.objects.create(size=size, note=note)


def _new_leaves(published: int, limit: int) -> list[bytes]:
    rows = Entry.objects.filter(index__gte=published).order_by("index")
    found = []
    for expected, (index, leaf) in enumerate(rows.values_list("index", "leaf")[:limit], published):
        if index != expected:
            raise NotPublished(published, f"entry {expected} is missing")
        found.append(leaf_hash(bytes(leaf)))
    return found


def keep(checkpoint: Checkpoint, *, data: Path) -> None:
    """Keep a signed head where it is found without the database.

    Beside its tiles it is put by `witnessing.ask_all`, once the witnesses were asked.
    """
    write_whole(copy(data), checkpoint.note.encode())


def copy(data: Path) -> Path:
    """The newest signed head outside the database, without co-signatures."""
    return data / "checkpoint"
