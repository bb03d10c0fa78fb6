"""What a view must say, when two have agreed, and how somebody may be told: rules as tables."""

from types import SimpleNamespace
from uuid import uuid4

import pytest

from himaya.decisions.errors import (
    DecidedBefore,
    NoLongerOpen,
    NoReasons,
    NotAgreed,
    NothingToTell,
    NotSafeToTell,
    NotWeighed,
    NotYours,
    TwoHaveWeighed,
    YesWithoutEvidence,
)
from himaya.decisions.models import Decision, Opinion, Told
from himaya.decisions.rules import (
    Fact,
    agreed,
    asked_of,
    check_may_make,
    check_may_tell,
    check_may_weigh,
    check_view,
    ways_for,
)
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotPermitted
from tests.factories.deciding import FACT, SHOWN, view
from tests.factories.refusals import refusal_of

ACT, MEANS, PURPOSE = (
    SimpleNamespace(id=name, of_children=name != "means") for name in ("act", "means", "purpose")
)
CRITERIA = [ACT, MEANS, PURPOSE]
OFFICER, OTHER = uuid4(), uuid4()


def actor(*permissions, officer=OFFICER, desks=()):
    """An officer with these permissions."""
    return Actor(
        "officer",
        "tests",
        officer_id=officer,
        permissions=frozenset(permissions),
        desk_ids=frozenset(desks),
    )


@pytest.mark.parametrize(
    ("said", "child", "refusal"),
    [
        (view(), False, None),
        (view("no", dict.fromkeys(SHOWN, "not_shown")), False, None),
        (view(found={"act": "shown", "purpose": "shown"}), False, NotWeighed),
        (view(found={"act": "shown", "purpose": "shown"}), True, None),  # no means of a child
        (view(found={"act": "shown", "means": "in_doubt", "purpose": "shown"}), True, None),
        (view(found=SHOWN | {"act": "not_asked"}), True, NotWeighed),
        (view(outcome=""), False, NotWeighed),
        (view(outcome="perhaps"), False, NotWeighed),
        (view(facts={}), False, YesWithoutEvidence),
        (view(found=dict.fromkeys(SHOWN, "in_doubt"), facts={}), False, None),
        (
            view(facts={"act": [Fact("rumour", "none", "x")], "means": [FACT], "purpose": [FACT]}),
            False,
            NotWeighed,
        ),
        (
            view(facts={"act": [Fact("account", "much", "x")], "means": [FACT], "purpose": [FACT]}),
            False,
            NotWeighed,
        ),
        (view(reasons="  "), False, NoReasons),
    ],
)
def test_what_a_view_must_say(said, child, refusal):
    assert refusal_of(check_view, said, CRITERIA, child=child) is refusal


def test_the_means_are_not_asked_of_a_child():
    assert asked_of(CRITERIA, child=True) == [ACT, PURPOSE]
    assert asked_of(CRITERIA, child=False) == CRITERIA


def decision(state="open", persons=2, given=1):
    """A decision that is weighed."""
    return Decision(state=state, persons=persons, given=given)


def opinion(place, outcome, number=1, officer=OTHER):
    """A view of an officer."""
    return Opinion(place=place, outcome=outcome, number=number, officer_id=officer)


@pytest.mark.parametrize(
    ("held", "known", "own", "looks", "refusal"),
    [
        (True, None, 0, (False, False), None),
        (False, None, 0, (False, False), NotPermitted),
        (True, None, 0, (False, True), None),  # the pack says whether they may
        (True, None, 0, (True, True), DecidedBefore),
        (True, None, 0, (True, False), None),
        (True, decision(given=1), 0, (False, False), None),
        (True, decision(given=2), 0, (False, False), TwoHaveWeighed),
        (True, decision(given=2), 1, (False, False), None),  # they think again
        (True, decision(state="made"), 1, (False, False), NoLongerOpen),
        (True, decision(state="dropped"), 0, (False, False), NoLongerOpen),
    ],
)
def test_who_may_weigh(held, known, own, looks, refusal):
    asks = actor(*([Permission.STATUS_DECIDE] if held else []))
    views = [opinion(1, "yes")] * own

    again, before = looks
    assert refusal_of(check_may_weigh, asks, known, views, again=again, before=before) is refusal


@pytest.mark.parametrize(
    ("persons", "views", "outcome"),
    [
        (1, [opinion(1, "no")], "no"),
        (2, [opinion(1, "yes")], ""),
        (2, [opinion(1, "yes"), opinion(2, "yes")], "yes"),
        (2, [opinion(1, "yes"), opinion(2, "no")], ""),
        (2, [opinion(1, "yes"), opinion(2, "no"), opinion(2, "yes", number=2)], "yes"),
        (2, [opinion(1, "no", number=2), opinion(1, "yes"), opinion(2, "yes")], ""),
        (2, [opinion(1, "yes"), opinion(1, "yes", number=2)], ""),
    ],
)
def test_two_have_agreed_when_the_last_view_of_each_is_the_same(persons, views, outcome):
    assert agreed(decision(persons=persons), views) == outcome


@pytest.mark.parametrize(
    ("state", "who", "second", "refusal"),
    [
        ("open", OFFICER, "yes", None),
        ("open", OFFICER, "no", NotAgreed),
        ("open", uuid4(), "yes", NotYours),
        ("made", OFFICER, "yes", NoLongerOpen),
    ],
)
def test_who_may_make_it(state, who, second, refusal):
    views = [opinion(1, "yes", officer=OFFICER), opinion(2, second)]
    asks = actor(Permission.STATUS_DECIDE, officer=who)

    assert refusal_of(check_may_make, asks, decision(state=state), views) is refusal


@pytest.mark.parametrize(
    ("ours", "way", "safe", "case", "refusal"),
    [
        (True, "in_person", True, (False, False), None),
        (True, "letter", True, (False, False), None),
        (True, "in_person", False, (False, False), NotSafeToTell),
        (True, "guardian", True, (False, False), NotSafeToTell),
        (True, "in_person", True, (True, False), NotSafeToTell),
        (True, "guardian", True, (True, False), None),
        (True, "newspaper", True, (False, False), NotSafeToTell),
        (True, "in_person", True, (False, True), NothingToTell),
        (False, "in_person", True, (False, False), NothingToTell),
    ],
)
def test_how_a_person_may_be_told(ours, way, safe, case, refusal):
    desk, (child, told) = uuid4(), case
    asks = actor(Permission.DECISION_TELL, desks=[desk] if ours else [])

    refused = refusal_of(check_may_tell, asks, {desk}, way=way, safe=safe, child=child, told=told)

    assert refused is refusal


def test_a_child_is_told_with_the_guardian_and_nobody_else_is():
    assert ways_for(child=True) == [Told.Way.GUARDIAN]
    assert Told.Way.GUARDIAN not in ways_for(child=False)
