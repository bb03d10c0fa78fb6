"""Each slow test and each journey is in exactly one share, each fast test in all."""

import pytest

from tests.factories.shares import ALWAYS, in_share

THIRDS = ["1/3", "2/3", "3/3"]


class Item:
    """A test, as far as a share looks at it."""

    def __init__(self, file: str, *marks: str) -> None:
        self.nodeid = f"{file}::test_something[x]"
        self.marks = marks

    def get_closest_marker(self, name: str) -> str | None:
        return name if name in self.marks else None


@pytest.mark.parametrize("mark", ["slow", "journey"])
@pytest.mark.parametrize("file", [f"tests/cases/test_{number}.py" for number in range(20)])
def test_a_slow_test_is_in_one_share(file, mark):
    assert sum(in_share(Item(file, mark), share) for share in THIRDS) == 1


def test_no_share_is_empty():
    slow = [Item(f"tests/cases/test_{number}.py", "slow") for number in range(40)]

    assert all(any(in_share(item, share) for item in slow) for share in THIRDS)


def test_what_is_fast_and_the_way_of_one_report_are_in_every_share():
    every = [Item("tests/cases/test_rules.py"), Item(ALWAYS, "slow", "journey")]

    assert all(in_share(item, share) for item in every for share in THIRDS)


@pytest.mark.parametrize("share", ["0/3", "4/3"])
def test_a_share_that_is_not_there_is_refused(share):
    with pytest.raises(pytest.UsageError):
        in_share(Item("tests/cases/test_rules.py"), share)
