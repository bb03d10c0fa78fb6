"""What may be done now and why not, and what is due: asked of the invented pack and random ones."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himaya.kernel.access import REPORTERS_SITE, Actor, job
from himaya.packs.check.reach import faults_of_reach
from himaya.packs.editions import code_of
from himaya.packs.engine import Stood, choices, due
from himaya.packs.entries import Label
from himaya.packs.grounds import SHORT
from himaya.packs.loader import load
from himaya.packs.obstacles import MISSING
from himaya.packs.schema import Pack
from himaya.packs.tracks import State, Step, Track
from himaya.packs.vocabulary import GUARDS, Confidence
from tests.packs.conftest import ATLANTIS

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
STATES = ("a", "b", "c", "d")
WORDS = Label("words", "كلمات")
STATED = {"confidence": Confidence.LOW, "source": ("INVENTED",)}


def officer(*roles: str) -> Actor:
    """An officer with these roles and nothing else."""
    return Actor(kind="officer", name="officer", roles=frozenset(roles))


def nothing(_step: Step) -> set[str]:
    """No condition is met."""
    return set()


def everything_met(_step: Step) -> set[str]:
    """Every condition is."""
    return set(GUARDS)


@pytest.mark.parametrize(
    ("stands_at", "actor", "held", "offered"),
    [
        ("searching", officer("case_worker"), {"person_chose"}, {"find": ()}),
        ("searching", officer("intake_officer", "prosecutor"), {"person_chose"}, {"find": ()}),
        ("searching", officer("case_worker"), {"screened"}, {}),
        ("searching", officer("prosecutor"), {"person_chose"}, {}),
        ("searching", job("clocks"), {"person_chose"}, {"find": (), "give_up": ()}),
        ("searching", REPORTERS_SITE, {"person_chose"}, {}),
        ("seen", officer("intake_officer"), set(), {"search": ()}),
        ("safe", officer("intake_officer", "case_worker"), set(GUARDS), {}),
        ("atlantic", officer("intake_officer"), set(GUARDS), {}),
    ],
)
def test_a_step_is_open_to_its_actor_from_its_state_when_its_conditions_hold(
    atlantis: Pack, stands_at: str, actor: Actor, held: set[str], offered: dict[str, object]
) -> None:
    found = choices(atlantis, {"rescue": stands_at}, actor, lambda _step: held)

    assert {each.step.id for each in found if each.may} == set(offered)
    assert all(bool(each.why) is not each.may for each in found)


def test_why_not_is_said_in_whole_sentences_in_both_languages(atlantis: Pack) -> None:
    find, give_up = choices(atlantis, {"rescue": "searching"}, officer("prosecutor"), nothing)

    assert [why.en for why in find.why] == [
        "This step is for: harbour officer, lighthouse keeper.",
        "The person's own free choice must be recorded first.",
    ]
    assert find.why[0].ar == "هذه الخطوة من اختصاص: موظف الميناء، حارس المنارة."
    assert find.missing == ("person_chose",)
    assert [why.en for why in give_up.why] == [
        "Nobody takes this step: it happens by itself when its time is up."
    ]


def test_every_condition_has_a_sentence_for_when_it_is_missing() -> None:
    assert set(MISSING) == set(GUARDS)
    for sentence in MISSING.values():
        assert sentence.en.endswith(".")
        assert sentence.ar.endswith(".")
        assert sentence.en != sentence.ar


def test_tracks_that_are_not_asked_about_offer_nothing(atlantis: Pack) -> None:
    everything = {track.id: track.start for track in atlantis.tracks}

    assert choices(atlantis, {}, job("clocks"), everything_met) == []
    assert choices(atlantis, {"moon": "full"}, job("clocks"), everything_met) == []
    assert {each.step.track for each in choices(atlantis, everything, job("clocks"), nothing)} == {
        track.id for track in atlantis.tracks if atlantis.steps_from(track.id, track.start)
    }


def test_what_is_due_names_its_moment_its_rule_and_how_sure_we_are(atlantis: Pack) -> None:
    found = due(atlantis, {"rescue": Stood("searching", NOON)})

    find, give_up = found
    assert (find.step.id, give_up.step.id) == ("find", "give_up")
    assert find.basis.by_law
    assert find.basis.article == atlantis.law.provisions[0].article
    assert not give_up.basis.by_law
    assert give_up.basis.words == atlantis.setting("recovery_period").label
    assert NOON < find.at < give_up.at
    assert find.basis.source == ("INVENTED",)


def test_the_clock_of_a_step_depends_on_where_it_starts_from(atlantis: Pack) -> None:
    (seen,) = due(atlantis, {"rescue": Stood("seen", NOON)})
    (lost,) = due(atlantis, {"rescue": Stood("lost", NOON)})

    assert seen.at == NOON + timedelta(hours=6)
    assert seen.basis.words == atlantis.step("search").label  # an amount: the pathway itself
    assert lost.basis.words == atlantis.setting("triage_normal").label


def test_a_step_without_a_clock_and_a_track_at_its_end_are_due_never(atlantis: Pack) -> None:
    assert due(atlantis, {"passage": Stood("waiting", NOON), "rescue": Stood("safe", NOON)}) == []


def test_a_clock_that_waits_for_another_track_counts_from_the_step_there(atlantis: Pack) -> None:
    find = atlantis.step("find")
    assert find.clock
    waits = replace(find, clock=replace(find.clock, after=("presume",)))
    steps = tuple(waits if step.id == "find" else step for step in atlantis.steps)
    pack = replace(atlantis, steps=steps)
    later = NOON + timedelta(days=20)
    stand = {"rescue": Stood("searching", NOON)}

    before = due(pack, stand | {"identification": Stood("hailed", later, "start_screening")})
    after = due(pack, stand | {"identification": Stood("castaway", later, "presume")})

    assert [each.step.id for each in before] == ["give_up"]
    assert {each.step.id: each.since for each in after} == {"find": later, "give_up": NOON}


# --- random packs against a plain model ---

ATLANTIS_PACK = load(ATLANTIS)


def state(name: str, *, end: bool) -> State:
    """A state of a random track."""
    return State(id=name, label=WORDS, end=end, **STATED)


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """A pack of one track of up to four states, with any steps between them, sound or not."""
    names = STATES[: draw(st.integers(1, len(STATES)))]
    ends = draw(st.sets(st.sampled_from(names)))
    track = Track(
        id="t",
        label=WORDS,
        start=names[0],
        states=tuple(state(name, end=name in ends) for name in names),
        **STATED,
    )
    some = st.sets(st.sampled_from(names), min_size=1)
    actors = st.sets(st.sampled_from(["case_worker", "prosecutor", "clock"]), min_size=1)
    guards = st.sets(st.sampled_from(["screened", "informed", "person_chose"]))
    steps = tuple(
        Step(
            id=f"s{number}",
            track="t",
            label=WORDS,
            origins=tuple(sorted(draw(some))),
            to=draw(st.sampled_from(names)),
            actors=tuple(sorted(draw(actors))),
            guards=tuple(sorted(draw(guards))),
            **STATED,
        )
        for number in range(draw(st.integers(0, 6)))
    )
    return replace(ATLANTIS_PACK, tracks=(track,), steps=steps)


@pytest.mark.slow
@given(
    pack=packs(),
    stands_at=st.sampled_from(STATES),
    roles=st.sets(st.sampled_from(["case_worker", "prosecutor", "clock", "shelter_worker"])),
    held=st.sets(st.sampled_from(["screened", "informed", "person_chose", "certified"])),
)
def test_a_step_is_offered_exactly_when_origin_actor_and_conditions_fit(
    pack: Pack, stands_at: str, roles: set[str], held: set[str]
) -> None:
    expected = [
        step.id
        for step in pack.steps
        if stands_at in step.origins
        and any(role in step.actors for role in roles)
        and all(guard in held for guard in step.guards)
    ]

    found = choices(pack, {"t": stands_at}, officer(*roles), lambda _step: held)

    assert [each.step.id for each in found if each.may] == expected
    assert [each.step.id for each in found] == [
        step.id for step in pack.steps if stands_at in step.origins
    ]


@pytest.mark.slow
@given(pack=packs())
def test_whoever_walks_a_checked_pack_can_always_come_to_an_end(pack: Pack) -> None:
    """By the engine itself, from wherever any walk has led; and a pack that traps is refused."""
    ends = {each.id for each in pack.tracks[0].ends}
    ways = {
        name: {each.step.to for each in choices(pack, {"t": name}, job("walker"), everything_met)}
        for name in STATES
    }
    closed = dict(ways)
    for middle, one, other in product(STATES, STATES, STATES):
        if middle in closed[one] and other in closed[middle]:
            closed[one] = closed[one] | {other}
    walked = {pack.tracks[0].start} | closed[pack.tracks[0].start]
    trapped = {name for name in walked if not ({name} | closed[name]) & ends}

    if not list(faults_of_reach(pack)):
        assert not trapped
        assert walked == {each.id for each in pack.tracks[0].states}
    else:
        unreached = {each.id for each in pack.tracks[0].states} - walked
        assert trapped or unreached


def test_a_case_keeps_the_name_of_its_edition(atlantis: Pack) -> None:
    assert code_of(atlantis) == "atlantis 7"


def test_every_condition_has_a_short_name_for_the_picture() -> None:
    assert set(SHORT) == set(GUARDS)
    assert len({name.en for name in SHORT.values()}) == len(GUARDS)
