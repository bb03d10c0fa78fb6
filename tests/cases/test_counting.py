"""A number that was estimated says no more than it knows."""

import pytest

from himaya.cases.listing import rounded


@pytest.mark.parametrize(
    ("number", "told"),
    [(0, 0), (7, 7), (999, 999), (1_004, 1_000), (12_437, 12_400), (98_765, 98_800)],
)
def test_an_estimate_is_told_in_three_digits(number, told):
    assert rounded(number) == told
