"""Who may do what on an occasion, as tables."""

from uuid import uuid4

import pytest

from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.occasions.errors import (
    AlreadySettled,
    NobodyMet,
    NothingToTakeBack,
    OccasionClosed,
    StillWaiting,
)
from himaya.occasions.models import Met, Occasion
from himaya.occasions.rules import (
    check_has_reason,
    check_may_add,
    check_may_close,
    check_may_keep,
    check_may_open,
    check_waits,
)
from tests.factories.moments import NOON

DESK = uuid4()


def officer(*held, desk=DESK):
    return Actor(
        kind="officer",
        name="officer",
        officer_id=uuid4(),
        desk_ids=frozenset({desk}),
        permissions=frozenset(held),
    )


KEEPER = officer(Permission.OCCASION_KEEP)


def occasion(**changes):
    return Occasion(desk_id=DESK, **changes)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        (KEEPER, None),
        (officer(), NotPermitted),
        (officer(Permission.OCCASION_KEEP, desk=uuid4()), NotKnown),
    ],
    ids=["keeper", "no permission", "another desk"],
)
def test_an_occasion_is_opened_and_kept_by_officers_of_its_desk(who, refusal):
    checks = [lambda: check_may_open(who, DESK), lambda: check_may_keep(who, occasion())]

    for check in checks:
        if refusal is None:
            check()
        else:
            with pytest.raises(refusal):
                check()


def test_a_stranger_learns_nothing_of_an_ended_occasion():
    ended = occasion(closed_at="2026-11-22")

    with pytest.raises(OccasionClosed):
        check_may_keep(KEEPER, ended)
    with pytest.raises(NotKnown):
        check_may_keep(officer(desk=uuid4()), ended)


@pytest.mark.parametrize(("number", "may"), [(0, False), (1, True), (500, True), (501, False)])
def test_from_one_to_five_hundred_people_are_added_at_once(number, may):
    if may:
        check_may_add(KEEPER, occasion(), number)
    else:
        with pytest.raises(NobodyMet):
            check_may_add(KEEPER, occasion(), number)


@pytest.mark.parametrize(
    ("met", "waits", "has_reason"),
    [
        ({}, True, False),
        ({"reason": Met.Reason.LEFT, "settled_at": NOON}, False, True),
        ({"case_id": uuid4(), "pseudonym": "KD-2222", "settled_at": NOON}, False, False),
    ],
    ids=["waits", "a reason", "a case"],
)
def test_who_has_a_reason_or_a_case_waits_no_more(met, waits, has_reason):
    one = Met(**met)

    assert raised(check_waits, [one]) is (None if waits else AlreadySettled)
    assert raised(check_has_reason, one) is (None if has_reason else NothingToTakeBack)


def raised(check, *args):
    """Which refusal a check ends with."""
    try:
        check(*args)
    except (AlreadySettled, NothingToTakeBack) as refusal:
        return type(refusal)
    return None


@pytest.mark.parametrize("waiting", [0, 1, 80])
def test_an_occasion_ends_when_nobody_waits(waiting):
    if not waiting:
        check_may_close(KEEPER, occasion(), waiting)
    else:
        with pytest.raises(StillWaiting):
            check_may_close(KEEPER, occasion(), waiting)
