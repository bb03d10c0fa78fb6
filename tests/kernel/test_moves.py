"""Tables of moves."""

import pytest

from himaya.kernel.moves import Moves

REFERRAL = Moves(
    {
        "sent": frozenset({"accepted", "declined"}),
        "accepted": frozenset({"completed"}),
        "declined": frozenset(),
        "completed": frozenset(),
    }
)


@pytest.mark.parametrize(
    ("now", "then", "may"),
    [
        ("sent", "accepted", True),
        ("sent", "completed", False),
        ("accepted", "sent", False),
        ("completed", "completed", False),
        ("unheard of", "sent", False),
    ],
)
def test_only_a_move_in_the_table_may_be_made(now, then, may):
    assert REFERRAL.may(now, then) is may


def test_a_record_ends_where_nothing_follows():
    assert REFERRAL.ends() == {"declined", "completed"}
