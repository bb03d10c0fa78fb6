"""Every dangerous act, walked along: without two recorded persons the answer is no."""

import pytest

from himaya.accounts.acts_of_two import ACTS_OF_TWO
from tests.factories.dangerous import DONE_BY_THE_SECOND, ROUTES, by_one, refused
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EVERY = pytest.mark.parametrize("act", ACTS_OF_TWO)


@pytest.fixture
def route(act):
    return ROUTES[act]()


def test_every_act_of_two_has_its_route():
    """A new act in the table: write its route in tests/factories/dangerous.py."""
    assert set(ROUTES) == set(ACTS_OF_TWO)


@threat("B3", off=by_one)
@EVERY
def test_unasked_nothing_happens(route):
    assert refused(route.do)
    assert not route.happened()


@threat("B3", off=by_one)
@pytest.mark.parametrize("act", sorted(set(ACTS_OF_TWO) - DONE_BY_THE_SECOND))
def test_asked_and_not_allowed_nothing_happens(route):
    route.ask()

    assert refused(route.do)
    assert not route.happened()


@EVERY
def test_asked_and_allowed_it_happens_once(route):
    route.ask()
    route.allow()

    assert not refused(route.do)
    assert route.happened()
    assert refused(route.do)
