"""What a new version means for cases: by state with numbers, or for all when nobody counted."""

from dataclasses import replace

import pytest

from himaya.packs.effects import effects, vanished
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step, Track
from himaya.packs.vocabulary import Unit


def with_step(pack: Pack, name: str, **changes: object) -> Pack:
    """The pack with one step changed."""
    steps = tuple(replace(s, **changes) if s.id == name else s for s in pack.steps)  # type: ignore[arg-type]  # as the test names them
    return replace(pack, steps=steps)


def without_state(pack: Pack, track: str, state: str) -> Pack:
    """The pack with one state gone, and the steps that touch it."""
    cut = tuple(
        replace(t, states=tuple(s for s in t.states if s.id != state)) if t.id == track else t
        for t in pack.tracks
    )
    kept = tuple(s for s in pack.steps if state not in (s.to, *s.origins) or s.track != track)
    return replace(pack, tracks=cut, steps=kept)


def test_the_same_pack_means_nothing_for_anybody(atlantis: Pack) -> None:
    assert effects(atlantis, atlantis) == []
    assert effects(atlantis, atlantis, {("rescue", "searching"): 4}) == []


def test_cases_at_a_state_that_vanished_are_counted_first(atlantis: Pack) -> None:
    new = without_state(atlantis, "rescue", "searching")

    found = effects(atlantis, new, {("rescue", "searching"): 12, ("rescue", "safe"): 1})

    assert vanished(atlantis, new) == [("rescue", "searching")]
    assert found == [
        '12 open cases stand at "rescue.searching", which the new version does not have: '
        "say where they go."
    ]
    assert effects(atlantis, new, {("rescue", "safe"): 3}) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"actors": ("prosecutor",)},
            "is for prosecutor, and no longer case_worker, intake_officer.",
        ),
        ({"guards": ()}, "asks nothing, and no longer person_chose."),
        (
            {"guards": ("informed", "person_chose")},
            "asks informed, person_chose, and no longer person_chose.",
        ),
        ({"documents": ()}, "needs the papers nothing, and no longer bottle."),
        ({"to": "lost"}, "leads to lost, and no longer safe."),
        ({"clock": None}, "is due within no time, and no longer 2 working days."),
        ({"agencies": ("temple",)}, "is for the bodies temple, and no longer nothing."),
    ],
)
def test_each_change_of_a_step_is_told_to_the_cases_before_it(
    atlantis: Pack, changes: dict[str, object], sentence: str
) -> None:
    new = with_step(atlantis, "find", **changes)

    assert effects(atlantis, new, {("rescue", "searching"): 1}) == [
        f'1 open case stands at "rescue.searching": step "find" {sentence}'
    ]
    assert effects(atlantis, new) == [
        f'Cases that stand at "rescue.searching": step "find" {sentence}'
    ]
    assert effects(atlantis, new, {("rescue", "seen"): 5}) == []


def test_a_clock_is_compared_from_where_the_case_stands(atlantis: Pack) -> None:
    seen, lost = atlantis.step("search").clocks
    longer = replace(seen, amount=2, unit=Unit.WORKING_DAYS)
    new = with_step(atlantis, "search", clocks=(longer, lost))

    found = effects(atlantis, new, {("rescue", "seen"): 2, ("rescue", "lost"): 2})

    assert found == [
        '2 open cases stand at "rescue.seen": step "search" is due within 2 working days, '
        "and no longer 6 hours."
    ]


def test_steps_that_open_or_close_and_tracks_that_begin_are_told(atlantis: Pack) -> None:
    find: Step = atlantis.step("find")
    another = replace(find, id="signal", to="safe")
    track: Track = replace(atlantis.track("passage"), id="song", start="waiting")
    steps = (*(step for step in atlantis.steps if step.id != "give_up"), another)
    new = replace(atlantis, tracks=(*atlantis.tracks, track), steps=steps)

    assert effects(atlantis, new, {("rescue", "searching"): 1}) == [
        '1 open case stands at "rescue.searching": step "give_up" is no longer open.',
        '1 open case stands at "rescue.searching": step "signal" opens.',
        '1 open case begins the new track "song", at "waiting".',
    ]
