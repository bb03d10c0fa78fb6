"""`himaya ledger checkpoint` and `prove`: files that others can check without this installation."""

import json
from argparse import Namespace
from uuid import UUID

from himaya.audit import checkpoints, proofs
from himaya.audit.canonical import act_bytes
from himaya.audit.checkpoints import Head
from himaya.audit.files import write_whole
from himaya.audit.heads import newest_tiles
from himaya.audit.models import Checkpoint, Entry
from himaya.audit.notes import Note
from himaya.audit.proof_files import consistency_file, inclusion_file
from himaya.audit.tiles import Tiles
from himaya.audit.witnesses import trusted
from himaya.config.env import environment
from himaya.installation.failure import Failure


def checkpoint(options: Namespace) -> int:
    """Give out the newest signed head."""
    note, head = _newest(newest_tiles(environment().data))
    _give(options, note, head, "checkpoint")
    return 0


def prove(options: Namespace) -> int:
    """Give out the proof of an entry, or of growth."""
    tiles = newest_tiles(environment().data)
    if options.consistency:
        _give(options, *_growth(tiles, options.consistency), "consistency")
    else:
        _give(options, *_entry(tiles, options), "inclusion")
    return 0


def _entry(tiles: Tiles, options: Namespace) -> tuple[str, Head]:
    note, head = _newest(tiles)
    entry = _found(options)
    if entry.index >= head.size:
        raise Failure(
            f"Entry {entry.index} is not under a signed head yet. Try again in ten seconds."
        )
    opening = bytes(entry.salt) + act_bytes(entry)
    path = proofs.inclusion(tiles, entry.index, head.size)
    extra = bytes(entry.leaf) if options.closed else opening
    return inclusion_file(entry.index, path, note, extra), head


def _found(options: Namespace) -> Entry:
    try:
        if options.entry is None:
            return Entry.objects.get(index=options.index)
        return Entry.objects.get(id=UUID(options.entry))
    except (Entry.DoesNotExist, ValueError):
        name = options.index if options.entry is None else options.entry
        raise Failure(f"The ledger has no entry {name}.") from None


def _growth(tiles: Tiles, sizes: list[int]) -> tuple[str, Head]:
    note, head = _newest(tiles) if len(sizes) == 1 else _signed(sizes[1])
    old = sizes[0]
    if not 0 < old <= head.size:
        raise Failure(f"OLD must be from 1 to {head.size}.")
    return consistency_file(old, proofs.consistency(tiles, old, head.size), note), head


def _newest(tiles: Tiles) -> tuple[str, Head]:
    if not tiles.checkpoint.exists():
        raise Failure("No head was signed yet. `himaya up` signs one every ten seconds.")
    note = tiles.checkpoint.read_text(encoding="utf-8")
    return note, checkpoints.head_in(Note.read(note).text)


def _signed(size: int) -> tuple[str, Head]:
    row = Checkpoint.objects.filter(size=size).first()
    head = checkpoints.read(row.note) if row else None
    if row is None or head is None:
        raise Failure(f"No head of {size} entries was signed.")
    return row.note, head


def _give(options: Namespace, content: str, head: Head, kind: str) -> None:
    if options.output:
        write_whole(options.output.absolute(), content.encode())
    if options.json:
        print(json.dumps(_as_json(options, content, head, kind)))
    elif not options.output:
        print(content, end="")


def _as_json(options: Namespace, content: str, head: Head, kind: str) -> dict[str, object]:
    note = Note.read(content[content.index(head.body()) :])
    return {
        "kind": kind,
        "file": str(options.output) if options.output else None,
        "origin": head.origin,
        "size": head.size,
        "root": head.root.hex(),
        "witnesses": [
            witness.name
            for witness in trusted(environment().data)
            if note.witnessed_at(witness.key) is not None
        ],
        "content": content,
    }
