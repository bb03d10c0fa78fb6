"""Nobody is singled out of anything that is published; every later release joins the search."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from unittest import mock

import pytest

from himaya.statistics import figures
from himaya.statistics.disclosure import protect
from tests.factories.threats import threat
from tests.statistics.releases import RELEASES, country, told, worked_out

pytestmark = pytest.mark.slow
SEEDS = range(40)
USEFUL = 0.25  # of the numbers, at least, are still numbers


@contextmanager
def only_small_numbers_are_kept_back() -> Iterator[None]:
    """Without the further ones that keep them from being worked out."""
    careless = partial(protect, complementary=False)
    with mock.patch.object(figures, "protect", careless):
        yield


@threat("B10", off=only_small_numbers_are_kept_back)
@pytest.mark.parametrize("name", RELEASES)
def test_no_small_number_is_told_or_can_be_worked_out(name):
    for seed in SEEDS:
        release = RELEASES[name](country(seed))

        assert told(release) == {}, f"seed {seed}"
        assert worked_out(release) == {}, f"seed {seed}"


@pytest.mark.parametrize("name", RELEASES)
def test_what_is_published_is_still_of_use(name, capsys):
    shown = [RELEASES[name](country(seed)).shown for seed in SEEDS]

    with capsys.disabled():
        sys.stdout.write(f"\n{name}: {sum(shown) / len(shown):.0%} of the numbers are shown\n")
    assert sum(shown) / len(shown) > USEFUL
