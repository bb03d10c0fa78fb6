"""Long series take turns: of the slow tests and of the journeys a run in a hurry takes one share,
whole files at once. The fast tests and the way of one report in a browser are in every share.
"""

from hashlib import sha256

import pytest

ALWAYS = "tests/journeys/test_one_report.py"
TAKE_TURNS = ("slow", "journey")


def in_share(item: pytest.Item, share: str) -> bool:
    """Whether a run of this share takes the test. share: "2/3" is the second of three."""
    which, of = (int(number) for number in share.split("/"))
    if not 1 <= which <= of:
        raise pytest.UsageError(f"--share={share}: there is no such share")
    file = item.nodeid.partition("::")[0]
    if file == ALWAYS or not any(map(item.get_closest_marker, TAKE_TURNS)):
        return True
    return int(sha256(file.encode()).hexdigest(), 16) % of == which - 1
