"""The proof that one act stands in the signed ledger, as a file for whoever doubts it."""

from dataclasses import dataclass
from pathlib import Path

from himaya.audit import checkpoints, proofs
from himaya.audit.canonical import act_bytes
from himaya.audit.checkpoints import Head
from himaya.audit.heads import newest_tiles
from himaya.audit.models import Entry
from himaya.audit.notes import Note
from himaya.audit.proof_files import inclusion_file


@dataclass(frozen=True, slots=True)
class Filed:
    """A proof file, the number of the entry that it proves, its leaf, and the head it rests on."""

    written: str
    index: int
    leaf: bytes
    head: Head


def filed(entry: Entry, *, data: Path) -> Filed | None:
    """The proof of an entry under the newest signed head; None while no head covers it.

    It opens the act itself: its moment, its code and digests; an act never holds a word that was
    said.
    """
    tiles = newest_tiles(data)
    if not tiles.checkpoint.exists():
        return None
    note = tiles.checkpoint.read_text(encoding="utf-8")
    head = checkpoints.head_in(Note.read(note).text)
    if entry.index >= head.size:
        return None
    path = proofs.inclusion(tiles, entry.index, head.size)
    opening = bytes(entry.salt) + act_bytes(entry)
    written = inclusion_file(entry.index, path, note, opening)
    return Filed(written, entry.index, bytes(entry.leaf), head)
