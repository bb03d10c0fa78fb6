"""The people of a desk in the tests of keys."""

import pytest

from himaya.agencies.models import Desk
from tests.factories import desk_of, offices


@pytest.fixture
def desk():
    return offices.desk(Desk.Kind.CASEWORK)


@pytest.fixture
def colleague(desk):
    return desk_of.seat(desk)


@pytest.fixture
def newcomer(desk):
    return desk_of.newcomer(desk)
