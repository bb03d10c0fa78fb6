"""The Merkle tree of RFC 6962 (section 2.1), grown one leaf at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
LEAF, NODE = b"\x00", b"\x01"  # what is hashed before a leaf, and before two nodes


def leaf_hash(leaf: bytes) -> bytes:
    """Hash of one leaf."""
    return sha256(LEAF + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node."""
    return sha256(NODE + left + right).digest()


def hashes_in(joined: bytes) -> list[bytes]:
    """Hashes that stand one after the other."""
    return [joined[start : start + HASH_BYTES] for start in range(0, len(joined), HASH_BYTES)]


def paired(row: list[bytes]) -> list[bytes]:
    """The row of the tree above a row of even length."""
    each = iter(row)
    return [sha256(NODE + left + right).digest() for left, right in zip(each, each, strict=True)]


@dataclass(slots=True)
class Tree:
    """A tree that remembers only the roots of its complete subtrees, largest first.

    One subtree stands for each bit that is set in size, so memory is logarithmic in it.
    """

    size: int = 0
    frontier: list[bytes] = field(default_factory=list)

    @classmethod
    def thawed(cls, size: int, frozen: bytes) -> "Tree":
        """The tree whose frontier was frozen with `frozen()`."""
        return cls(size, hashes_in(frozen))

    def frozen(self) -> bytes:
        """The frontier as bytes."""
        return b"".join(self.frontier)

    def append(self, leaf: bytes) -> None:
        """Add one leaf at the end."""
        self.extend([leaf_hash(leaf)])

    def extend(self, leaves: list[bytes]) -> None:
        """Add leaves at the end, given as their hashes."""
        size, row, ends = self.size, leaves, []
        self.size += len(leaves)
        while row:
            if size & 1:
                row = [self.frontier.pop(), *row]
            if len(row) & 1:
                ends.append(row[-1])
                row = row[:-1]
            row, size = paired(row), size >> 1
        self.frontier += reversed(ends)

    def root(self) -> bytes:
        """The root hash of all leaves so far."""
        if not self.frontier:
            return EMPTY_ROOT
        top = self.frontier[-1]
        for left in reversed(self.frontier[:-1]):
            top = node_hash(left, top)
        return top


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root hash over some leaves."""
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()
