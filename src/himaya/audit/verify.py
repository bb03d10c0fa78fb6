"""Proving the whole history: nothing rewritten, nothing removed, no row edited beside it."""

from bisect import bisect_right
from contextlib import closing
from pathlib import Path

from django.db import connection, transaction

from himaya.audit.examiners import Examiners
from himaya.audit.examining import Examined, missing
from himaya.audit.faults import Fault, Proof
from himaya.audit.merkle import Tree, hashes_in
from himaya.audit.models import TreeHead
from himaya.audit.outside import Outside
from himaya.audit.reading import lines
from himaya.audit.record import ledger_key
from himaya.audit.rows import check_rows
from himaya.audit.signed import signed_roots
from himaya.audit.stored import ENTRIES, PENDING

__all__ = ["Fault", "Proof", "verify"]

SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


def verify(*, data: Path | None = None) -> Proof:
    """Check every entry, the pending acts, the heads, the tiles and every recorded row.

    data: the installation's directory, with what lies outside the database: the newest signed
    head, what witnesses co-signed, the tiles, the journal. Without it the database is only compared
    with itself. Reads one snapshot, so it may run while the service works.
    """
    proof = Proof()
    outside = Outside.read(data)  # first: what is written there meanwhile would be news
    proof.journal = len(outside.macs)
    with transaction.atomic(), closing(Examiners(ledger_key(), outside.macs)) as examiners:
        with connection.cursor() as cursor:
            cursor.execute(SNAPSHOT)
        seen = check_entries(proof, examiners, outside)
        seen |= check_pending(proof, examiners)
        check_journal(proof, outside.macs - seen)
        with closing(examiners.books()) as books:
            check_rows(proof, books)
    proof.settle()
    return proof


def check_entries(proof: Proof, examiners: Examiners, outside: Outside) -> set[str]:
    """Look at every entry and every head; returns which of the journal's acts were among them."""
    roots = signed_roots(proof, outside)
    sizes = sorted(roots)
    tree, expected, seen = Tree(), 0, set()
    for found in examiners.examine(lines(ENTRIES)):
        if found.first != expected:
            proof.add(*missing(expected, found.first))
        for index, reason in found.faults:
            proof.add(index, reason)
        outside.published.compare(found.leaves, proof)
        _grow(proof, tree, found, roots, sizes)
        seen.update(found.macs)
        expected = found.last + 1
    proof.entries, proof.root = tree.size, tree.root()
    if sizes and sizes[-1] > tree.size:
        longest = f"a signed checkpoint covers {sizes[-1]} entries; the end is missing"
        proof.add(tree.size, longest)
    outside.published.check_end(proof)
    check_place(proof, tree)
    return seen


def _grow(
    proof: Proof, tree: Tree, found: Examined, roots: dict[int, bytes], sizes: list[int]
) -> None:
    """Add leaves to the tree; compare its root with each signed one on the way."""
    leaves = hashes_in(found.leaves)
    start = tree.size
    end = start + len(leaves)
    for size in sizes[bisect_right(sizes, start) : bisect_right(sizes, end)]:
        tree.extend(leaves[tree.size - start : size - start])
        if roots[size] != tree.root():
            proof.add(size - 1, "the signed checkpoint has another root here")
    tree.extend(leaves[tree.size - start :])


def check_place(proof: Proof, tree: Tree) -> None:
    """Compare where the entries end with where the sequencer stands."""
    place = TreeHead.objects.filter(id=1).first() or TreeHead()
    if (place.size, bytes(place.frontier)) != (tree.size, tree.frozen()):
        proof.add(min(place.size, tree.size), "the sequencer does not stand where the entries end")


def check_pending(proof: Proof, examiners: Examiners) -> set[str]:
    """Look at every waiting act; returns their MACs."""
    seen = set()
    for line in lines(PENDING):
        index = proof.entries + proof.pending
        act, mac, reason = examiners.here.examine_waiting(line, index)
        if reason:
            proof.add(index, f"pending act {act}: {reason}")
        seen.add(mac)
        proof.pending += 1
    return seen


def check_journal(proof: Proof, lost: frozenset[str]) -> None:
    """Name acts that were committed, as the journal knows, and are in no entry."""
    for mac in sorted(lost):
        reason = f"the act with the MAC {mac[:16]}… was committed and is in no entry"
        proof.add(proof.entries + proof.pending, reason)
