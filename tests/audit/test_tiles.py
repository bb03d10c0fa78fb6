"""Tiles and proofs are those of the specifications, by a verifier that shares no code with them."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himaya.audit import proofs, tiles
from himaya.audit.tiles import Tiles
from tests.audit import second_verifier as second

SIZES = [1, 2, 3, 255, 256, 257, 511, 512, 70_000]


def leaves(count, first=0):
    return [second.hash_of_leaf(b"%d" % number) for number in range(first, first + count)]


@pytest.fixture(scope="module")
def seventy_thousand(tmp_path_factory):
    """The example of the specification, published in three pieces."""
    found = Tiles(tmp_path_factory.mktemp("tiles"))
    for start, end in ((0, 300), (300, 512), (512, 70_000)):
        found.extend(leaves(end - start, start))
    return found


@pytest.mark.parametrize(
    ("level", "number", "width", "path"),
    [
        (0, 5, 256, "tile/0/005"),
        (0, 1234067, 256, "tile/0/x001/x234/067"),
        (1, 273, 112, "tile/1/273.p/112"),
        (63, 1000, 1, "tile/63/x001/000.p/1"),
    ],
)
def test_a_tile_lies_where_the_specification_says(tmp_path, level, number, width, path):
    assert Tiles(tmp_path).path(level, number, width) == tmp_path / path
    assert second.tile_path(level, number, width) == path


@pytest.mark.slow
def test_the_example_of_the_specification(seventy_thousand):
    found = {
        str(path.relative_to(seventy_thousand.directory / "tile"))
        for path in seventy_thousand.directory.rglob("*")
        if path.is_file() and "tile" in path.parts
    }

    full = {f"0/{number:03}" for number in range(273)}
    assert found == full | {"0/273.p/112", "1/000", "1/001.p/17", "2/000.p/1"}


@pytest.mark.slow
def test_the_second_verifier_finds_the_same_tree(seventy_thousand):
    found = second.read_tree(seventy_thousand.directory, 70_000)

    assert found == leaves(70_000)
    assert second.mth(found) == proofs.root(seventy_thousand, 70_000)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_every_kind_of_inclusion_is_proved(seventy_thousand, size):
    root = second.mth(leaves(size))
    assert proofs.root(seventy_thousand, size) == root

    for index in {0, size // 3, size // 2, size - 1}:
        path = proofs.inclusion(seventy_thousand, index, size)
        leaf = second.hash_of_leaf(b"%d" % index)
        second.check_inclusion(leaf, index, size, path, root)
        assert proofs.root_by_inclusion(leaf, index, size, path) == root
        assert len(path) <= size.bit_length()


@pytest.fixture(scope="module")
def forty(tmp_path_factory):
    found = Tiles(tmp_path_factory.mktemp("forty"))
    found.extend(leaves(40))
    return found


@given(st.integers(1, 40), st.data())
def test_any_growth_is_proved_and_nothing_else(forty, new, data):
    old = data.draw(st.integers(1, new))
    roots = [second.mth(leaves(size)) for size in (old, new)]
    path = proofs.consistency(forty, old, new)

    second.check_consistency(old, new, *roots, path)
    assert proofs.is_consistent(old, roots[0], new, roots[1], path)
    for wrong in (path[:-1], [*path, path[-1]] if path else [b"x" * 32], path[::-1]):
        if wrong != path:
            assert not proofs.is_consistent(old, roots[0], new, roots[1], wrong)
            with pytest.raises(second.Bad):
                second.check_consistency(old, new, *roots, wrong)


@given(st.integers(1, 40), st.data())
def test_no_other_leaf_has_that_path(forty, size, data):
    index, other = (data.draw(st.integers(0, size - 1)) for _each in range(2))
    path = proofs.inclusion(forty, index, size)
    leaf, root = second.hash_of_leaf(b"%d" % other), second.mth(leaves(size))

    if index != other:
        assert proofs.root_by_inclusion(leaf, index, size, path) != root
        with pytest.raises(second.Bad):
            second.check_inclusion(leaf, index, size, path, root)


class Cut(Exception):
    """The power fails."""


@pytest.mark.slow
@settings(max_examples=25)
@given(st.data())
def test_a_cut_at_any_moment_leaves_tiles_that_go_on(tmp_path_factory, data):
    found = Tiles(tmp_path_factory.mktemp("cut"))
    before, more = data.draw(st.integers(0, 520)), data.draw(st.integers(1, 300))
    found.extend(leaves(before))
    steps = iter(range(data.draw(st.integers(0, 8))))

    def replace(path, target):
        if next(steps, None) is None:
            raise Cut
        os.replace(path, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiles.Path, "replace", replace)
        try:
            found.extend(leaves(more, before))
        except Cut:
            assert found.size == before
            assert second.read_tree(found.directory, before) == leaves(before)
    found.extend(leaves(before + more - found.size, found.size))

    assert second.read_tree(found.directory, before + more) == leaves(before + more)


def test_with_a_tile_changed_the_second_verifier_objects(tmp_path):
    found = Tiles(tmp_path)
    found.extend(leaves(300))
    path = found.path(1, 0, 1)
    path.write_bytes(bytes(32))

    with pytest.raises(second.Bad, match="level 1"):
        second.read_tree(found.directory, 300)
