"""A test that could not look is counted and named, never passed over in silence."""

import pytest

from tests.factories import machines

ASKS = {"fuse": lambda: "no /dev/fuse", "patience": lambda: ""}


class Item:
    """A test, as far as its marks go."""

    nodeid = "tests/test_x.py::test_y"

    def __init__(self, *needs, marked=True):
        self.marks = [pytest.mark.machine(*needs)] if marked else []

    def iter_markers(self, name):
        return [mark.mark for mark in self.marks if mark.name == name]

    def get_closest_marker(self, name):
        return next(iter(self.iter_markers(name)), None)


@pytest.fixture(autouse=True)
def this_machine(monkeypatch):
    monkeypatch.setattr(machines, "NEEDS", ASKS)


@pytest.mark.parametrize(
    ("needs", "why"),
    [(["fuse"], "no /dev/fuse"), (["patience"], ""), (["patience", "fuse"], "no /dev/fuse")],
)
def test_what_is_lacking_is_named(needs, why):
    assert machines.lacking(Item(*needs)) == why


def test_a_mark_without_a_need_and_an_unknown_need_are_faults():
    items = [Item("fuse"), Item(), Item("luck"), Item(marked=False)]

    found = list(machines.faults(items))

    assert [fault.split(": ")[1].split(" is ")[0] for fault in found] == [
        "machine()",
        "machine('luck',)",
    ]


@pytest.mark.parametrize(
    ("ran", "could_not", "not_asked", "line"),
    [
        (0, [], 0, ""),
        (0, [], 9, "machine tests: 0 of 9 ran; they run with --machine"),
        (9, [], 0, "machine tests: 9 of 9 ran"),
        (7, ["no /dev/fuse"] * 2, 0, "machine tests: 7 of 9 ran, 2 could not: no /dev/fuse (2)"),
    ],
)
def test_the_last_line_says_how_many_looked(ran, could_not, not_asked, line):
    count = machines.Count()
    count.ran, count.not_asked = ran, not_asked
    count.could_not.update(could_not)

    assert count.line() == line


def test_every_need_of_this_project_can_be_asked(monkeypatch):
    monkeypatch.undo()

    assert all(isinstance(ask(), str) for ask in machines.NEEDS.values())
