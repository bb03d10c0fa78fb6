"""The Merkle tree of RFC 6962 (section 2.1), grown one leaf at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """Hash of one leaf."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


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
        steps = range(0, len(frozen), HASH_BYTES)
        return cls(size, [frozen[start : start + HASH_BYTES] for start in steps])

    def frozen(self) -> bytes:
        """The frontier as bytes."""
        return b"".join(self.frontier)

    def append(self, leaf: bytes) -> None:
        """Add one leaf at the end."""
        top = leaf_hash(leaf)
        size = self.size
        while size & 1:
            top = node_hash(self.frontier.pop(), top)
            size >>= 1
        self.frontier.append(top)
        self.size += 1

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
