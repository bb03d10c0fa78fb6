"""Nobody works out a hidden count: subtraction and trying every table both come back empty."""

from collections.abc import Hashable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himaya.statistics.disclosure import Cell, Mark, protect
from tests.factories.attack import Known, Sum, guess, subtract

COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 40))
Table = Sequence[Sequence[int]]
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=1, max_size=5)
)


def one_way(counts: Sequence[int]) -> tuple[list[Cell], list[Sum]]:
    cells = [Cell(place, "in", "out", count) for place, count in enumerate(counts)]
    total = Cell("total", "out", "in", sum(counts), is_total=True)
    return [*cells, total], [("total", [cell.key for cell in cells])]


def two_way(table: Table) -> tuple[list[Cell], list[Sum]]:
    rows, columns = range(len(table)), range(len(table[0]))
    cells = [Cell((r, c), ("r", r), ("c", c), table[r][c]) for r in rows for c in columns]
    cells += [Cell(("r", r), "in", ("r", r), sum(table[r]), is_total=True) for r in rows]
    cells += [
        Cell(("c", c), ("c", c), "out", sum(row[c] for row in table), is_total=True)
        for c in columns
    ]
    cells.append(Cell("total", "out", "in", sum(map(sum, table)), is_total=True))
    sums: list[Sum] = [(("r", r), [(r, c) for c in columns]) for r in rows]
    sums += [(("c", c), [(r, c) for r in rows]) for c in columns]
    sums += [("total", [("r", r) for r in rows]), ("total", [("c", c) for c in columns])]
    return cells, sums


def as_published(
    cells: list[Cell], *, complementary: bool = True
) -> tuple[Known, dict[Hashable, Mark]]:
    marks = protect(cells, complementary=complementary)
    shown = {cell.key: cell.count if marks[cell.key] is Mark.SHOWN else None for cell in cells}
    return shown, marks


@given(st.lists(COUNTS, min_size=1, max_size=12))
@settings(deadline=None)
def test_no_hidden_count_of_a_list_follows_by_subtraction(counts: list[int]) -> None:
    cells, sums = one_way(counts)
    known, _marks = as_published(cells)
    assert subtract(sums, known) == {}


@pytest.mark.slow
@given(TABLES)
@settings(deadline=None, max_examples=300)
def test_no_hidden_count_of_a_table_follows_by_subtraction(table: list[list[int]]) -> None:
    cells, sums = two_way(table)
    known, _marks = as_published(cells)
    assert subtract(sums, known) == {}


@pytest.mark.slow
@given(st.lists(st.integers(0, 7), min_size=1, max_size=4))
@settings(deadline=None, max_examples=150)
def test_trying_every_list_leaves_every_hidden_count_open(counts: list[int]) -> None:
    cells, sums = one_way(counts)
    known, marks = as_published(cells)
    assert guess(sums, known, marks, highest=14) == {}


@pytest.mark.slow
@given(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2))
@settings(deadline=None, max_examples=150)
def test_trying_every_table_leaves_every_hidden_count_open(table: list[list[int]]) -> None:
    cells, sums = two_way(table)
    known, marks = as_published(cells)
    assert guess(sums, known, marks, highest=12) == {}


@given(st.lists(COUNTS, min_size=1, max_size=8))
@settings(deadline=None)
def test_a_count_from_one_to_four_is_never_shown_and_the_words_are_true(counts: list[int]) -> None:
    cells, _sums = one_way(counts)
    marks = protect(cells)
    for cell in cells:
        match marks[cell.key]:
            case Mark.SHOWN:
                assert not 1 <= cell.count <= 4
            case Mark.FEWER:
                assert cell.count <= 4
            case Mark.WITHHELD:
                assert cell.count >= 5


def test_without_complementary_suppression_the_same_attack_succeeds() -> None:
    cells, sums = one_way([3, 20, 12])
    known, _marks = as_published(cells, complementary=False)
    assert subtract(sums, known) == {0: 3}


def test_without_complementary_suppression_a_table_gives_its_hidden_count_away() -> None:
    cells, sums = two_way([[2, 9], [8, 7]])
    known, _marks = as_published(cells, complementary=False)
    assert subtract(sums, known) == {(0, 0): 2}


def test_two_hidden_ones_do_not_give_each_other_away() -> None:
    """Their sum alone would: 8 persons in two groups of at most four each."""
    cells, sums = one_way([4, 4, 30])
    both_small = {cell.key: Mark.FEWER if cell.count < 5 else Mark.SHOWN for cell in cells}
    known: Known = {0: None, 1: None, 2: 30, "total": 38}
    assert guess(sums, known, both_small, highest=40) == {0: 4, 1: 4}

    known, marks = as_published(cells)
    assert guess(sums, known, marks, highest=40) == {}


@pytest.mark.parametrize(
    ("counts", "marks"),
    [
        ([149, 0, 0], "shown shown shown shown"),
        ([3, 20, 0], "fewer shown fewer shown"),  # a zero hides it and costs the reader nothing
        ([3, 20, 12], "fewer shown withheld shown"),  # the smallest that does is kept back
        ([2], "fewer fewer"),
        ([5, 6], "shown shown shown"),
    ],
)
def test_no_more_is_kept_back_than_needed(counts: list[int], marks: str) -> None:
    cells, _sums = one_way(counts)
    found = protect(cells)
    assert " ".join(found[cell.key] for cell in cells) == marks
