"""Proving the whole history: nothing rewritten, nothing removed, no row edited beside it."""

import hmac
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction
from psycopg import sql

from himaya.audit import checkpoints
from himaya.audit.canonical import act_bytes, row_digest
from himaya.audit.digests import RowDigests, recorded_columns, recorded_models
from himaya.audit.merkle import Tree
from himaya.audit.models import Act, Arrival, Checkpoint, Entry, Pending, TreeHead
from himaya.audit.record import act_mac
from himaya.audit.sequencer import commitment, salt_of

CHUNK = 2000
SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as the ledger says. index: the first entry that shows it."""

    index: int
    reason: str


@dataclass(slots=True)
class Proof:
    """What was looked at, and what was found wrong.

    faults: first those of the ledger itself, then those of the rows beside it, which may follow
    from the first ones; each in the order of the entries.
    """

    entries: int = 0
    pending: int = 0
    checkpoints: int = 0
    rows: int = 0
    root: bytes = b""
    faults: list[Fault] = field(default_factory=list)
    row_faults: list[Fault] = field(default_factory=list)

    def add(self, index: int, reason: str) -> None:
        """Note a fault of the ledger."""
        self.faults.append(Fault(index, reason))

    def add_row(self, index: int, reason: str) -> None:
        """Note a fault of a row."""
        self.row_faults.append(Fault(index, reason))

    def settle(self) -> None:
        """Put the faults in order."""
        for faults in (self.faults, self.row_faults):
            faults.sort(key=lambda fault: fault.index)
        self.faults += self.row_faults


def verify(*, last_checkpoint: Path | None = None) -> Proof:
    """Check every entry, the pending acts, the signed heads and every recorded row.

    last_checkpoint: a copy of the newest checkpoint kept outside the database; a ledger that is
    shorter than it has lost its end. Reads one snapshot, so it may run while the service works.
    """
    proof = Proof()
    outside = _note_in(last_checkpoint)  # first: a head signed meanwhile would be news
    with transaction.atomic(), closing(RowDigests()) as digests:
        with connection.cursor() as cursor:
            cursor.execute(SNAPSHOT)
        _check_entries(proof, digests, _signed_heads(proof, outside))
        _check_pending(proof, digests)
        _check_rows(proof, digests)
    proof.settle()
    return proof


def _note_in(path: Path | None) -> str:
    return path.read_text(encoding="utf-8") if path is not None and path.exists() else ""


def _signed_heads(proof: Proof, outside: str) -> dict[int, bytes]:
    """The roots that were signed, by size, out of the table and the copy outside."""
    heads: dict[int, bytes] = {}
    for size, note in Checkpoint.objects.order_by("size").values_list("size", "note"):
        head = checkpoints.read(note)
        if head is None or head.size != size:
            proof.add(max(size - 1, 0), f"checkpoint {size} is not what this installation signed")
        else:
            heads[size] = head.root
        proof.checkpoints += 1
    if outside:
        head = checkpoints.read(outside)
        if head is None:
            proof.add(0, "the checkpoint outside the database was not signed by this installation")
        elif heads.setdefault(head.size, b"") != head.root:
            proof.add(head.size - 1, f"checkpoint {head.size} is not the one kept outside")
            heads[head.size] = head.root
    return heads


def _check_entries(proof: Proof, digests: RowDigests, heads: dict[int, bytes]) -> None:
    tree, expected = Tree(), 0
    for entry in Entry.objects.order_by("index").iterator(chunk_size=CHUNK):
        if entry.index != expected:
            proof.add(expected, f"entry {expected} is missing: the next one is {entry.index}")
        reason = _fault_of(entry)
        if reason:
            proof.add(entry.index, reason)
        else:
            digests.take(entry.index, entry.rows)
        tree.append(bytes(entry.leaf))
        if tree.size in heads and heads[tree.size] != tree.root():
            proof.add(entry.index, "the signed checkpoint has another root here")
        expected = entry.index + 1
    proof.entries, proof.root = tree.size, tree.root()
    longest = max(heads, default=0)
    if longest > tree.size:
        proof.add(tree.size, f"a signed checkpoint covers {longest} entries; the end is missing")
    _check_place(proof, tree)


def _fault_of(entry: Entry) -> str:
    return _leaf_fault(entry) or _place_fault(entry) or _mac_fault(entry)


def _leaf_fault(entry: Entry) -> str:
    if commitment(bytes(entry.salt), act_bytes(entry)) == bytes(entry.leaf):
        return ""
    return "the entry is not the one its leaf commits to"


def _place_fault(entry: Entry) -> str:
    if hmac.compare_digest(bytes(entry.salt), salt_of(entry.index, bytes(entry.mac))):
        return ""
    return "the entry does not stand where it was numbered"


def _mac_fault(act: Act) -> str:
    if hmac.compare_digest(bytes(act.mac), act_mac(act)):
        return ""
    return "no process of this installation wrote this entry"


def _check_place(proof: Proof, tree: Tree) -> None:
    """Compare where the entries end with where the sequencer stands."""
    place = TreeHead.objects.filter(id=1).first() or TreeHead()
    if (place.size, bytes(place.frontier)) != (tree.size, tree.frozen()):
        proof.add(min(place.size, tree.size), "the sequencer does not stand where the entries end")


def _check_pending(proof: Proof, digests: RowDigests) -> None:
    for act in Pending.objects.order_by(Arrival()).iterator(chunk_size=CHUNK):
        index = proof.entries + proof.pending
        reason = _mac_fault(act)
        if reason:
            proof.add(index, f"pending act {act.id}: {reason}")
        else:
            digests.take(index, act.rows)
        proof.pending += 1


def _check_rows(proof: Proof, digests: RowDigests) -> None:
    end = proof.entries + proof.pending
    for model in recorded_models():
        table, key = model._meta.db_table, str(model._meta.pk.column)
        for row in _rows_of(table, recorded_columns(model)):
            proof.rows += 1
            said = digests.of(table, str(row[key]))
            if said is None:
                proof.add_row(end, f"{table} {row[key]}: no entry knows this row")
                continue
            columns, digest, index = said
            if row_digest({column: row.get(column) for column in columns}) != digest:
                proof.add_row(index, f"{table} {row[key]}: the row is not as this entry left it")
    for table, pk, index in digests.unseen():
        proof.add_row(index, f"{table} {pk}: the row that this entry left is gone")


def _rows_of(table: str, columns: list[str]) -> Iterator[dict[str, object]]:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {} FROM {}").format(names, sql.Identifier(table)))
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                yield dict(zip(columns, row, strict=True))
