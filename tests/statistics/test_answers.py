"""How soon desks answer each other, counted from nameless facts and never down to a few."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himaya.oversight.presenters.answers import answers_panel
from himaya.statistics.answers import Answers, Band, Priority, published_answers
from himaya.statistics.disclosure import Mark
from tests.factories.moments import NOON

CELLS = list(product(Priority, Band))


def counted(*numbers):
    """Counts in the order of the table."""
    return Answers(dict(zip(CELLS, numbers, strict=True)))


@given(st.lists(st.integers(0, 9), min_size=len(CELLS), max_size=len(CELLS)))
def test_no_number_of_one_to_four_is_ever_shown(numbers):
    found = published_answers(counted(*numbers))

    assert not [n for n in found.numbers.values() if n.count is not None and 0 < n.count < 5]


def test_sums_of_what_is_shown_are_right():
    found = published_answers(counted(*range(10, 22)))

    assert found.of("total").count == sum(range(10, 22))
    assert found.of("band", Band.DAY).count == 10 + 14 + 18
    assert found.of("priority", Priority.EMERGENCY).count == 10 + 11 + 12 + 13


def test_the_sentence_says_both_shares():
    (panel,) = answers_panel(published_answers(counted(*[20, 20, 10, 50] * 3)), NOON)

    assert "20 %" in panel.finding
    assert "40 %" in panel.finding
    assert len(panel.lines) == len(Priority) + 1


@pytest.mark.parametrize("numbers", [[3, *[0] * 11], [2, 1, *[0] * 10]])
def test_a_few_referrals_make_no_share(numbers):
    (panel,) = answers_panel(published_answers(counted(*numbers)), NOON)

    assert "%" not in panel.finding
    marks = {cell.mark for line in panel.lines for cell in line.cells}
    assert marks == {Mark.FEWER}


def test_nothing_referred_is_no_figure():
    assert answers_panel(published_answers(counted(*[0] * 12)), NOON) == []
