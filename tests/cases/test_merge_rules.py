"""Which of two cases' states holds after a merge: a table over the pathway of the pack."""

from datetime import timedelta

import pytest

from himaya.cases.merge_rules import SAFER, Stand, absorbed_holds, how_far, safer
from himaya.cases.models import Case
from himaya.packs.loader import current
from tests.factories.moments import NOON

BEFORE, LATER = NOON - timedelta(days=9), NOON + timedelta(days=1)
TABLE = [
    # track, kept, absorbed, the absorbed person is presumed, whose holds
    ("shelter", "not_requested", "admitted", False, "absorbed"),
    ("shelter", "admitted", "not_requested", False, "kept"),
    ("shelter", "admitted", "left", False, "kept"),
    ("shelter", "left", "requested", False, "absorbed"),
    ("justice", "reported", "lawsuit", False, "absorbed"),
    ("justice", "lawsuit", "lawsuit", False, "kept"),
    ("identification", "not_presumed", "presumed", True, "absorbed"),
    ("identification", "screening", "presumed", True, "absorbed"),
    ("identification", "screening", "not_presumed", False, "kept"),
    ("recovery", "not_begun", "running", True, "absorbed"),
    ("consent", "granted", "refused", False, "kept"),
    ("solution", "undecided", "staying", False, "absorbed"),
]


@pytest.mark.parametrize(("track", "kept", "absorbed", "presumed", "whose"), TABLE)
def test_the_further_or_safer_state_holds(track, kept, absorbed, presumed, whose):
    pack = current()
    ours, theirs = Stand(kept, BEFORE, False), Stand(absorbed, BEFORE, presumed)

    held = absorbed_holds(pack, pack.track(track), ours, theirs, NOON)

    assert held is (whose == "absorbed")


@pytest.mark.parametrize("whose", ["kept", "absorbed"])
def test_what_moved_last_after_the_merge_holds_whatever_it_is(whose):
    pack = current()
    moved = {"kept": NOON + timedelta(hours=1), "absorbed": NOON + timedelta(hours=1)}
    moved[whose] = LATER
    ours = Stand("admitted", moved["kept"], True)
    theirs = Stand("not_requested", moved["absorbed"], False)

    held = absorbed_holds(pack, pack.track("shelter"), ours, theirs, NOON)

    assert held is (whose == "absorbed")


@pytest.mark.parametrize(
    ("field", "values", "holds"),
    [
        ("status", ["none", "presumed"], "presumed"),
        ("status", ["not_presumed", "none"], "not_presumed"),
        ("child", ["no", "yes"], "yes"),
        ("child", ["no", "unknown"], "unknown"),
        ("danger", ["", "low"], "low"),
        ("danger", ["medium", "high"], "high"),
    ],
)
def test_the_safer_value_holds(field, values, holds):
    assert safer(field, values) == safer(field, values[::-1]) == holds


def test_each_value_that_a_case_can_have_stands_in_the_table():
    assert set(SAFER["status"]) == set(Case.Status.values)
    assert set(SAFER["child"]) == set(Case.Child.values)
    assert set(SAFER["danger"]) == {*Case.Danger.values, ""}


def test_every_state_of_every_track_is_some_steps_from_the_start():
    pack = current()

    for track in pack.tracks:
        far = how_far(pack, track)
        assert far[track.start] == 0
        assert set(far) == {state.id for state in track.states}
