"""A long list is read a page at a time: nothing twice, nothing lost; nonsense is the first page."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himaya.accounts.paging import (
    Found,
    Position,
    is_behind,
    merged,
    paged,
    position,
    within,
    word,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SHAPE = (datetime, UUID)


def key(number: int) -> tuple[datetime, UUID]:
    """The sort key of row `number`; three rows of one moment each, as in a busy hour."""
    return (NOON + timedelta(minutes=number // 3), UUID(int=number))


def finder(rows):
    """A list in the order of its keys, as the database has it."""

    def find(at, number):
        if at is None:
            return Found(sorted(rows, key=key)[:number])
        if at.back:
            before = [row for row in rows if key(row) < at.key]
            return Found(sorted(before, key=key, reverse=True)[:number])
        return Found(sorted((row for row in rows if key(row) > at.key), key=key)[:number])

    return find


@given(rows=st.sets(st.integers(0, 60)), size=st.integers(1, 7))
def test_on_and_back_again_show_every_row_once(rows, size):
    pages, at = [], None
    while True:
        page = paged(finder(rows), key, at, size)
        pages.append(page)
        if not page.after:
            break
        at = position(page.after, *SHAPE)

    assert [row for page in pages for row in page.rows] == sorted(rows)
    assert pages[0].before == ""
    for page, before in zip(pages[::-1], pages[-2::-1], strict=False):
        assert paged(finder(rows), key, position(page.before, *SHAPE), size).rows == before.rows


def test_a_row_that_comes_in_meanwhile_moves_nothing():
    first = paged(finder(range(10, 30)), key, None, 5)

    second = paged(finder(range(30)), key, position(first.after, *SHAPE), 5)

    assert second.rows == [15, 16, 17, 18, 19]


def test_who_goes_back_past_the_beginning_sees_the_first_page_whole():
    rows = set(range(20))

    page = paged(finder(rows), key, Position(key(2), back=True), 5)

    assert (page.rows, page.before) == ([0, 1, 2, 3, 4], "")


def test_where_looking_ended_is_where_the_next_page_begins():
    page = paged(lambda at, number: Found([], reached=key(7)), key, None, 5)

    assert page.rows == []
    assert position(page.after, *SHAPE) == Position(key(7))


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "x",
        "%%%",
        "é",
        "9" * 500,
        "W10=",  # []
        "eyJhIjoxfQ==",  # {"a":1}
        word((1, *key(1))),
        word(key(1)[:1]),
        word((datetime(2026, 1, 1), UUID(int=1))),  # noqa: DTZ001  # a moment of no zone
        word((datetime.max.replace(tzinfo=UTC), UUID(int=1)))[:-4],
        word(("x", UUID(int=1))),
    ],
)
def test_a_word_that_is_not_ours_means_the_first_page(nonsense):
    assert position(nonsense, *SHAPE) is None


@given(number=st.integers(0, 2**63 - 1), back=st.booleans())
def test_a_word_of_ours_says_what_it_said(number, back):
    said = (number, NOON, UUID(int=5))

    assert position(word(said, back=back), int, *SHAPE) == Position(said, back=back)


def test_an_index_of_the_ledger_cannot_be_below_nought():
    assert position(word((-1,)), int) is None


def test_in_a_list_of_ranks_each_rank_is_begun_where_the_page_comes_from():
    at = Position((1, *key(4)))

    assert within(1, at) == at
    assert within(2, at) == Position(())
    assert [rank for rank in (0, 1, 2) if not is_behind(rank, at)] == [1, 2]
    back = Position((1, *key(4)), back=True)
    assert [rank for rank in (0, 1, 2) if not is_behind(rank, back)] == [0, 1]
    assert within(0, back) == Position((), back=True)


def test_a_row_of_two_lists_is_shown_once():
    assert merged([3, 1, 2, 3], lambda row: row, 2, down=False) == [1, 2]
    assert merged([3, 1, 2, 3], lambda row: row, 2, down=True) == [3, 2]
