"""Tests that prove a row of docs/threat-model.md, each with its control on and with it off."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext

import pytest

Off = Callable[[], AbstractContextManager[object]]
ON, OFF = "control on", "control off"
FAILED = (AssertionError, pytest.fail.Exception)  # a crash is no proof


def threat(row: str, *, off: Off = nullcontext) -> pytest.MarkDecorator:
    """The test proves this row: it passes, and fails by an assertion once the control is off.

    off: a context that switches the control off around the test's body. A test whose control is
    made in a fixture leaves it out and asks for the fixture `control`, which is ON or OFF.
    """
    return pytest.mark.threat(row, off)


def both_ways(metafunc: pytest.Metafunc) -> None:
    """Run a test of a threat twice: with its control, and without."""
    if metafunc.definition.get_closest_marker("threat"):
        if "control" not in metafunc.fixturenames:
            metafunc.fixturenames.append("control")
        metafunc.parametrize("control", [ON, OFF])


def chosen(items: Sequence[pytest.Item], row: str, *, control_off: bool) -> list[pytest.Item]:
    """The tests of one row; with control_off, only those whose control is off."""
    tests = [item for item in items if row in rows_of(item)]
    return [item for item in tests if is_off(item)] if control_off else tests


def rows_of(item: pytest.Item) -> set[str]:
    """The rows of the threat model that a test proves."""
    return {str(marker.args[0]) for marker in item.iter_markers("threat")}


def is_off(item: pytest.Item) -> bool:
    """True for the run of a threat's test that has its control off."""
    callspec = getattr(item, "callspec", None)
    return callspec is not None and callspec.params.get("control") == OFF


def switched_off(item: pytest.Item) -> AbstractContextManager[object]:
    """The context in which the control that the test proves is off."""
    marker = item.get_closest_marker("threat")
    assert marker is not None
    off: Off = marker.args[1]
    return off()
