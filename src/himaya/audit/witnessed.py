"""What witnesses saw of this ledger: `DIR/witnessed/NAME` is the newest note that NAME co-signed.

Nothing here needs the database: that the database agrees is what these files are asked about.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from himaya.audit import checkpoints, witnesses
from himaya.audit.checkpoints import Head
from himaya.audit.notes import Note
from himaya.audit.witnesses import Witness
from himaya.config.env import environment


@dataclass(frozen=True, slots=True)
class Seen:
    """A head that a trusted witness co-signed, and when it did (seconds of Unix time)."""

    witness: Witness
    head: Head
    moment: int
    note: Note


def path_of(name: str, data: Path | None = None) -> Path:
    """Where the newest note that a witness co-signed is kept."""
    return (data or environment().data) / "witnessed" / name


def verified(witness: Witness, written: str) -> Seen | None:
    """What a note shows when this installation signed it and the witness co-signed it."""
    head = checkpoints.read(written)
    if head is None:
        return None
    note = Note.read(written)
    moment = note.witnessed_at(witness.key)
    return None if moment is None else Seen(witness, head, moment, note)


def seen(data: Path | None = None) -> Iterator[Seen]:
    """The newest co-signed head of every trusted witness that has one. A bad file counts as none.

    data: the installation's directory; without it, this process's own.
    """
    for witness in witnesses.trusted(data or environment().data):
        path = path_of(witness.name, data)
        found = verified(witness, path.read_text(encoding="utf-8")) if path.exists() else None
        if found is not None:
            yield found


def newest(data: Path | None = None, *, origin: str | None = None) -> Head | None:
    """The largest head that any trusted witness co-signed, or None when none ever did.

    origin: only heads of this log. Without it, those of the newest origin that witnesses know:
    after an accepted loss (`origin.begin_anew`) a later origin counts before a larger size.
    Compare it with the database by `comparison.behind(head)`.
    """
    heads = [each.head for each in seen(data) if origin in {None, each.head.origin}]
    return max(
        heads,
        key=lambda head: (checkpoints.origin_number(head.origin), head.size),
        default=None,
    )
