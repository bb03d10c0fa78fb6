"""The tree is RFC 6962's: by its published vectors, and by a second reading of the text."""

from hashlib import sha256
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himaya.audit.merkle import EMPTY_ROOT, Tree, leaf_hash, node_hash, root_of

# Inputs and roots of the tests of Certificate Transparency's reference implementation.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
leaves = st.lists(st.binary(max_size=40), max_size=70)


def mth(entries):
    """RFC 6962, section 2.1, word for word: the recursive definition over the whole list."""
    if not entries:
        return sha256().digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    return sha256(b"\x01" + mth(entries[:k]) + mth(entries[k:])).digest()


def test_the_tree_of_nothing_has_the_published_root():
    assert root_of([]).hex() == EMPTY_ROOT.hex() == EMPTY


@pytest.mark.parametrize("size", range(1, 9))
def test_the_published_trees_have_the_published_roots(size):
    assert root_of(LEAVES[:size]).hex() == ROOTS[size - 1]
    assert mth(LEAVES[:size]).hex() == ROOTS[size - 1]


@given(leaves)
def test_every_tree_agrees_with_the_definition(entries):
    assert root_of(entries) == mth(entries)


@given(leaves)
def test_each_size_on_the_way_has_the_root_of_its_leaves(entries):
    tree = Tree()
    for size, entry in enumerate(entries):
        assert tree.root() == mth(entries[:size])
        tree.append(entry)


@given(leaves, leaves)
def test_a_frozen_tree_goes_on_as_if_it_had_not_been(before, after):
    tree = Tree()
    for entry in before:
        tree.append(entry)

    thawed = Tree.thawed(tree.size, tree.frozen())
    for entry in after:
        thawed.append(entry)

    assert thawed.root() == mth(before + after)
    assert thawed.size == len(before) + len(after)


@given(leaves)
def test_memory_is_one_hash_for_each_bit_of_the_size(entries):
    tree = Tree()
    for entry in entries:
        tree.append(entry)

    assert len(tree.frozen()) == 32 * len(entries).bit_count()


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40), st.data())
def test_any_change_of_a_leaf_changes_the_root(entries, data):
    place = data.draw(st.integers(0, len(entries) - 1))
    other = data.draw(st.binary(max_size=8).filter(lambda leaf: leaf != entries[place]))

    changed = [*entries[:place], other, *entries[place + 1 :]]

    assert root_of(changed) != root_of(entries)


def test_without_the_marks_before_leaves_and_nodes_two_lists_could_share_a_root():
    """Why leaf and node hashes differ: else a node's two halves could be shown as one leaf."""

    def unmarked(entries):
        return list(
            accumulate((sha256(e).digest() for e in entries), lambda a, b: sha256(a + b).digest())
        )[-1]

    two = [b"first", b"second"]
    one = [sha256(b"first").digest() + sha256(b"second").digest()]

    assert unmarked(two) == unmarked(one)
    assert root_of(two) != root_of(one)
    assert node_hash(b"a" * 32, b"b" * 32) != leaf_hash(b"a" * 32 + b"b" * 32)
