"""Proving the whole history: nothing rewritten, nothing removed, no row edited beside it."""

import hmac
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction
from psycopg import sql

from himaya.audit import checkpoints
from himaya.audit.canonical import act_bytes, row_digest
from himaya.audit.merkle import Tree
from himaya.audit.models import Act, Arrival, Checkpoint, Entry, Pending
from himaya.audit.record import act_mac
from himaya.audit.sequencer import commitment

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as the ledger says. index: the first entry that shows it."""

    index: int
    reason: str


@dataclass(slots=True)
class Proof:
    """What was looked at, and what was found wrong, first bad entry first."""

    entries: int = 0
    pending: int = 0
    checkpoints: int = 0
    rows: int = 0
    root: bytes = b""
    faults: list[Fault] = field(default_factory=list)

    def add(self, index: int, reason: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(index, reason))


class RowDigests:
    """The last digest of every row that the ledger knows, on disk so that memory stays flat."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        self._db.execute(
            "CREATE TABLE said (tab TEXT, pk TEXT, cols TEXT, digest TEXT, idx INTEGER,"
            " seen INTEGER DEFAULT 0, PRIMARY KEY (tab, pk)) WITHOUT ROWID"
        )

    def take(self, index: int, rows: str) -> None:
        """Remember the digests of one act; a later act about the same row replaces them."""
        self._db.executemany(
            "INSERT OR REPLACE INTO said (tab, pk, cols, digest, idx) VALUES (?, ?, ?, ?, ?)",
            [
                (tab, pk, json.dumps(cols), digest, index)
                for tab, pk, cols, digest in json.loads(rows)
            ],
        )

    def tables(self) -> list[str]:
        """Every table that some act has digested."""
        return [tab for (tab,) in self._db.execute("SELECT DISTINCT tab FROM said ORDER BY tab")]

    def of(self, table: str, pk: str) -> tuple[list[str], str, int] | None:
        """Columns, digest and entry last said of a row; marks the row as seen."""
        found = self._db.execute(
            "SELECT cols, digest, idx FROM said WHERE tab = ? AND pk = ?", (table, pk)
        ).fetchone()
        if found is None:
            return None
        self._db.execute("UPDATE said SET seen = 1 WHERE tab = ? AND pk = ?", (table, pk))
        return json.loads(found[0]), found[1], found[2]

    def unseen(self) -> Iterator[tuple[str, str, int]]:
        """Rows that should stand in their table and were not seen there."""
        yield from self._db.execute(
            "SELECT tab, pk, idx FROM said WHERE seen = 0 AND digest <> '' ORDER BY idx"
        )

    def close(self) -> None:
        """Free the disk."""
        self._db.close()


def verify(*, last_checkpoint: Path | None = None) -> Proof:
    """Check every entry, the pending acts, the signed heads and every digested row.

    last_checkpoint: a copy of the newest checkpoint kept outside the database; a ledger that is
    shorter than it has lost its end. Reads one snapshot, so it may run while the service works.
    """
    proof = Proof()
    with transaction.atomic(), closing(RowDigests()) as digests:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        _check_entries(proof, digests, _signed_heads(proof, last_checkpoint))
        _check_pending(proof, digests)
        _check_rows(proof, digests)
    proof.faults.sort(key=lambda fault: fault.index)
    return proof


def _signed_heads(proof: Proof, last_checkpoint: Path | None) -> dict[int, bytes]:
    notes = list(Checkpoint.objects.order_by("size").values_list("size", "note"))
    if last_checkpoint is not None and last_checkpoint.exists():
        notes.append((0, last_checkpoint.read_text(encoding="utf-8")))
    heads: dict[int, bytes] = {}
    for size, note in notes:
        head = checkpoints.read(note)
        if head is None:
            proof.add(size, "the checkpoint is not signed by this installation")
        elif heads.setdefault(head.size, head.root) != head.root:
            proof.add(size, "two signed checkpoints of this size disagree")
    proof.checkpoints = len(notes)
    return heads


def _check_entries(proof: Proof, digests: RowDigests, heads: dict[int, bytes]) -> None:
    tree = Tree()
    for entry in Entry.objects.order_by("index").iterator(chunk_size=CHUNK):
        if entry.index != tree.size:
            proof.add(tree.size, f"entries {tree.size} to {entry.index - 1} are missing")
            break
        reason = _fault_of(entry)
        if reason:
            proof.add(entry.index, reason)
        tree.append(bytes(entry.leaf))
        if tree.size in heads and heads[tree.size] != tree.root():
            proof.add(entry.index, "the signed checkpoint has another root here")
        digests.take(entry.index, entry.rows)
    proof.entries, proof.root = tree.size, tree.root()
    longest = max(heads, default=0)
    if longest > tree.size:
        proof.add(tree.size, f"a signed checkpoint covers {longest} entries; the end is missing")


def _fault_of(entry: Entry) -> str:
    act = act_bytes(entry)
    if commitment(bytes(entry.salt), act) != bytes(entry.leaf):
        return "the entry is not the one its leaf commits to"
    return _mac_fault(entry)


def _mac_fault(act: Act) -> str:
    if hmac.compare_digest(bytes(act.mac), act_mac(act)):
        return ""
    return "no process of this installation wrote this entry"


def _check_pending(proof: Proof, digests: RowDigests) -> None:
    for act in Pending.objects.order_by(Arrival()).iterator(chunk_size=CHUNK):
        reason = _mac_fault(act)
        if reason:
            proof.add(proof.entries, f"pending act {act.id}: {reason}")
        digests.take(proof.entries, act.rows)
        proof.pending += 1


def _check_rows(proof: Proof, digests: RowDigests) -> None:
    for table in digests.tables():
        for row in _rows_of(table):
            proof.rows += 1
            said = digests.of(table, str(row["id"]))
            if said is None:
                proof.add(proof.entries, f"{table} {row['id']}: no entry knows this row")
                continue
            columns, digest, index = said
            if row_digest({column: row.get(column) for column in columns}) != digest:
                proof.add(index, f"{table} {row['id']}: the row is not as this entry left it")
    for table, pk, index in digests.unseen():
        proof.add(index, f"{table} {pk}: the row that this entry left is gone")


def _rows_of(table: str) -> Iterator[dict[str, object]]:
    if table not in connection.introspection.table_names():
        return
    with connection.chunked_cursor() as cursor:
        query = sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))
        cursor.execute(query)
        names = [column.name for column in cursor.description]
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                yield dict(zip(names, row, strict=True))
