"""A test of a threat is worth something only when it fails without its control."""

from contextlib import contextmanager

import pytest

from tests.factories.threats import OFF, ON, threat

lock = {"shut": True}


@contextmanager
def open_lock():
    lock["shut"] = False
    yield
    lock["shut"] = True


@threat("example", off=open_lock)
def test_a_control_is_tried_on_and_off():
    assert lock["shut"]


@threat("example")
def test_a_control_of_a_fixture_is_tried_on_and_off(control):
    assert control in {ON, OFF}
    if control == OFF:
        pytest.fail("as it should")
