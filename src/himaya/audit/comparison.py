"""Is the database behind what witnesses saw? Asked at every start, before anything is served."""

from dataclasses import dataclass
from itertools import islice

from django.db import transaction

from himaya.audit import checkpoints
from himaya.audit.checkpoints import Head
from himaya.audit.merkle import Tree, leaf_hash
from himaya.audit.models import Entry
from himaya.audit.origin import origins

CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Gap:
    """The database lacks, or has otherwise, what was witnessed.

    entries: how many it has. head: what was witnessed. With entries ≥ head.size the ledger is not
    shorter but another one.
    """

    entries: int
    head: Head

    @property
    def lost(self) -> int:
        """How many witnessed entries are not there; 0 when the ledger was rewritten instead."""
        return max(self.head.size - self.entries, 0)


@transaction.atomic
def behind(head: Head) -> Gap | None:
    """The gap between the database and a witnessed head (`witnessed.newest()`); None when none.

    A head of an earlier origin is no gap when the loss was accepted: the next origin's first entry
    names a head at least as large, and what the ledger kept of that origin still fits it.
    """
    known = origins()
    number = checkpoints.origin_number(head.origin)
    if 0 < number < len(known):
        after = known[number].after
        return None if after is not None and head.size <= after.size else Gap(_size(), head)
    tree = Tree()
    stream = Entry.objects.order_by("index").values_list("leaf", flat=True)
    leaves = iter(stream[: head.size].iterator(chunk_size=CHUNK))
    while chunk := [leaf_hash(bytes(leaf)) for leaf in islice(leaves, CHUNK)]:
        tree.extend(chunk)
    if tree.size == head.size and tree.root() == head.root and number == len(known):
        return None
    return Gap(_size(), head)


def _size() -> int:
    last = Entry.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1
