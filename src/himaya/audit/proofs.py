"""Inclusion and consistency proofs of RFC 6962 (sections 2.1.1 and 2.1.2), made and checked.

A proof of a tree of n leaves is made from O(log n) hashes of complete subtrees.
"""

from collections.abc import Sequence
from typing import Protocol

from himaya.audit.merkle import EMPTY_ROOT, node_hash


class Hashes(Protocol):
    """Where hashes of complete subtrees are found."""

    def node(self, height: int, index: int) -> bytes:
        """The hash over leaves [index · 2^height, (index + 1) · 2^height)."""


def _split(count: int) -> int:
    """The largest power of two below a number of leaves above one."""
    return 1 << (count - 1).bit_length() - 1


def root(hashes: Hashes, size: int) -> bytes:
    """The root of the first `size` leaves."""
    return _over(hashes, 0, size) if size else EMPTY_ROOT


def _over(hashes: Hashes, start: int, end: int) -> bytes:
    """The hash over leaves [start, end), as the definition splits them."""
    count = end - start
    if count & (count - 1) == 0:
        height = count.bit_length() - 1
        return hashes.node(height, start >> height)
    middle = start + _split(count)
    return node_hash(_over(hashes, start, middle), _over(hashes, middle, end))


def inclusion(hashes: Hashes, index: int, size: int) -> list[bytes]:
    """The path from leaf `index` to the root of the first `size` leaves."""
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_over(hashes, middle, end))
            end = middle
        else:
            path.append(_over(hashes, start, middle))
            start = middle
    return path[::-1]


def consistency(hashes: Hashes, old: int, new: int) -> list[bytes]:
    """What shows that the tree of `new` leaves begins with that of `old`; 0 < old ≤ new."""
    start, end, path, whole = 0, new, [], True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_over(hashes, middle, end))
            end = middle
        else:
            path.append(_over(hashes, start, middle))
            start, whole = middle, False
    if not whole:
        path.append(_over(hashes, start, end))
    return path[::-1]


def root_by_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that a path leads to. Raises ValueError when it is no path of such a tree.

    leaf: the hash of the leaf.
    """
    if not 0 <= index < size:
        raise ValueError("the tree has no such leaf")
    if size == 1:
        if path:
            raise ValueError("the path is too long")
        return leaf
    if not path:
        raise ValueError("the path is too short")
    left = _split(size)
    if index < left:
        return node_hash(root_by_inclusion(leaf, index, left, path[:-1]), path[-1])
    return node_hash(path[-1], root_by_inclusion(leaf, index - left, size - left, path[:-1]))


def is_consistent(
    old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """True when the path shows that the tree of `new` leaves begins with that of `old`."""
    if not 0 < old <= new:
        return False
    try:
        return _both(old, new, path, old_root) == (old_root, new_root)
    except ValueError:
        return False


def _both(old: int, new: int, path: Sequence[bytes], known: bytes | None) -> tuple[bytes, bytes]:
    """The roots of both trees. known: the old one's, while it is a whole subtree from the left."""
    if old == new:
        (top,) = path if known is None else [*path, known]
        return top, top
    if not path:
        raise ValueError("the path is too short")
    left, last = _split(new), path[-1]
    if old <= left:
        first, second = _both(old, left, path[:-1], known)
        return first, node_hash(second, last)
    first, second = _both(old - left, new - left, path[:-1], None)
    return node_hash(last, first), node_hash(last, second)
