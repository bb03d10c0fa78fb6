"""What every pack that is delivered says, whatever its country."""

from collections import Counter
from pathlib import Path

import pytest

from himaya.packs.instruments import Instrument
from himaya.packs.required import REQUIRED_DURATIONS
from himaya.packs.schema import Pack
from himaya.packs.tracks import Clock, Step
from himaya.packs.vocabulary import (
    ChannelKind,
    Confidence,
    DeskKind,
    InstrumentKind,
    Lack,
    RiskLevel,
    Unit,
    Weight,
)
from tests.factories.countries import PACKS, pack_in

# Weights in the order of the indicators, as transcribed from the lists of ILO and the European
# Commission (2009): s strong, m medium, w weak, - not in this set.
WEIGHTS = {
    "adult_labour": {
        "D1": "smmmmmmmmw",
        "D2": "smmmmmmmmm",
        "D3": "mmmmmmmmmmmmmmww",
        "D4": "smmmmmmmw",
        "D5": "ssssmmmmmmmmmmw",
        "D6": "mmmmmww",
    },
    "child_labour": {
        "D1": "smmmmmmmms",
        "D2": "ssssmmmmmm",
        "D3": "mmmmmmm-mmmmmmmm",
        "D4": "smmmmmm-m",
        "D5": "ssssssssmmmmmmm",
        "D6": "mmmmmmm",
    },
}
RULE = [(2, 0, 0, 0), (1, 0, 0, 1), (0, 3, 0, 0), (0, 2, 1, 0)]  # strong, medium, weak, either
LETTERS = {"s": Weight.STRONG, "m": Weight.MEDIUM, "w": Weight.WEAK}
UNSCORED = ["adult_sexual", "child_sexual", "ilo_11"]
UNSCORED += ["unodc_domestic_servitude", "unodc_sexual_exploitation"]


def weights_of(found: Instrument) -> dict[str, Weight | None]:
    return {indicator.id: indicator.weight for indicator in found.indicators}


@pytest.mark.parametrize("code", WEIGHTS)
def test_the_weights_are_those_of_the_published_sets(country: Pack, code: str) -> None:
    expected = {
        f"{dimension}.{number:02}": LETTERS[letter]
        for dimension, letters in WEIGHTS[code].items()
        for number, letter in enumerate(letters, 1)
        if letter != "-"
    }

    assert weights_of(country.instrument(code)) == expected


def test_the_adult_set_has_as_many_indicators_a_dimension_as_an_independent_count_says(
    country: Pack,
) -> None:
    adult = country.instrument("adult_labour")

    assert [len(dimension.indicators) for dimension in adult.dimensions] == [10, 10, 16, 9, 15, 7]
    assert Counter(sign.weight for sign in adult.indicators) == {
        Weight.STRONG: 7,
        Weight.MEDIUM: 53,
        Weight.WEAK: 7,
    }


@pytest.mark.parametrize(
    ("code", "means"), [("adult_labour", ("D1", "D2", "D3", "D5", "D6")), ("child_labour", ())]
)
def test_the_rule_is_the_published_one_and_a_child_needs_no_means(
    country: Pack, code: str, means: tuple[str, ...]
) -> None:
    found = country.instrument(code)

    thresholds = [
        (each.strong, each.medium, each.weak, each.medium_or_weak) for each in found.positive_if_any
    ]
    assert thresholds == RULE
    assert found.combination is not None
    assert (found.combination.act, found.combination.means, found.combination.purpose) == (
        True,
        means,
        ("D4",),
    )


@pytest.mark.parametrize("code", UNSCORED)
def test_sets_whose_weights_are_not_known_advise_without_a_score(country: Pack, code: str) -> None:
    found = country.instrument(code)

    assert not found.scored
    assert found.combination is None
    assert {sign.weight for sign in found.indicators} <= {None}


def test_the_eleven_indicators_of_forced_labour_are_eleven(country: Pack) -> None:
    signs = country.instrument("ilo_11").indicators

    assert [sign.ilo11 for sign in signs] == [(number,) for number in range(1, 12)]


def test_every_scored_indicator_points_to_known_indicators_of_forced_labour(country: Pack) -> None:
    known = {number for sign in country.instrument("ilo_11").indicators for number in sign.ilo11}

    for code in WEIGHTS:
        for sign in country.instrument(code).indicators:
            assert set(sign.ilo11) <= known


def test_more_urgent_reports_have_less_time(country: Pack) -> None:
    step = country.step("open_case")

    amounts = {state: step.clock_from(state) for state in step.origins}
    hours = {
        state: clock.amount * (1 if clock.unit is Unit.HOURS else 24)
        for state, clock in amounts.items()
        if clock
    }
    assert hours["emergency"] < hours["urgent"] < hours["normal"]


def test_the_committee_gets_figures_and_nothing_of_a_case(country: Pack) -> None:
    policy = country.share_policy(DeskKind.COMMITTEE)

    assert policy is not None
    assert (policy.compartments, policy.facts) == ((), ())


def test_who_reported_goes_to_no_desk_at_all(country: Pack) -> None:
    assert not [policy.to for policy in country.shares if "informant" in policy.compartments]


def test_every_kind_of_desk_exists(country: Pack) -> None:
    assert {desk.kind for desk in country.desks} == set(DeskKind)


def test_nobody_decides_alone_what_ends_somebodys_way(country: Pack) -> None:
    for step in ("confirm_discard", "refuse_discard", "close_case", "uphold", "presume_after_all"):
        assert "different_officer" in country.step(step).guards


def test_nobody_departs_without_the_gate(country: Pack) -> None:
    gated = {state.id for state in country.track("solution").states if state.behind}

    assert gated == {"approved", "departed", "received", "reintegrated", "lost_contact"}
    assert "return" in {solution.id for solution in country.solutions if solution.gate}


def test_a_person_may_stay_and_may_leave_help_without_losing_it(country: Pack) -> None:
    assert any(solution.gate is None for solution in country.solutions)
    assert "exited" in country.step("assess_needs").origins


def test_the_prosecution_never_gets_what_was_told_in_confidence(country: Pack) -> None:
    policy = country.share_policy(DeskKind.PROSECUTION)

    assert policy is not None
    assert {"narrative", "needs", "health", "counselling", "shelter", "informant"} <= set(
        policy.never
    )


def test_help_never_depends_on_a_screening_or_on_cooperation(country: Pack) -> None:
    for step in country.steps_of("shelter"):
        assert not {"presumed", "screened", "order_on_file"} & set(step.guards)


def test_the_first_page_has_a_number_for_an_emergency(country: Pack) -> None:
    numbers = [line for line in country.channels if line.kind is ChannelKind.EMERGENCY]

    assert [line for line in numbers if line.address and line.first_page]


def test_every_state_of_which_a_country_counts_the_stage_is_counted(country: Pack) -> None:
    used = {
        stage.id
        for track in country.tracks
        for state in track.states
        if (stage := country.stage_of(track.id, state.id))
    }

    assert used == {stage.id for stage in country.stages}


def test_every_time_that_is_set_is_kept_by_something(country: Pack) -> None:
    clocks = [clock for step in country.steps for clock in clocks_of(step)]
    clocks += [rule.keep for rule in country.retention]
    kept = {clock.setting for clock in clocks} | REQUIRED_DURATIONS

    assert {setting.id for setting in country.settings if setting.unit} <= kept


def clocks_of(step: Step) -> list[Clock]:
    """Everything a step says of time."""
    return [clock for clock in (step.clock, *step.clocks, step.not_before) if clock]


def test_what_is_not_known_for_sure_says_so(country: Pack) -> None:
    """A pack of which every word is sure was not held against its sources."""
    said = Counter(entry.confidence for entry in (*country.steps, *country.settings))

    assert said["low"] > 0
    assert all(setting.why.en.endswith(".") for setting in country.settings)


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_its_readme_tells_what_each_file_says_and_how_sure_it_is(folder: Path) -> None:
    text = (folder / "README.md").read_text(encoding="utf-8")

    for file in folder.glob("*.toml"):
        assert f"`{file.name}`" in text
    assert "## How sure we are" in text


def test_each_pack_bears_the_name_of_its_folder() -> None:
    assert [pack_in(folder).id for folder in PACKS] == [folder.name for folder in PACKS]


def test_what_could_not_be_had_says_so_and_names_what_to_take_instead(country: Pack) -> None:
    lacking = {each.code: each for each in country.instruments if each.lacks is Lack.SIGNS}

    assert set(lacking) == {"adult_sexual", "child_sexual", "unodc_children", "unodc_begging"}
    for each in lacking.values():
        assert not each.indicators
        assert each.confidence is Confidence.LOW
        assert all(country.instrument(code).indicators for code in each.instead)


def test_our_own_lists_say_that_they_are_ours_and_weigh_nothing(country: Pack) -> None:
    for each in country.instruments:
        if each.kind is not InstrumentKind.INDICATORS:
            assert "OWN" in each.source
            assert not each.scored


def test_what_makes_safer_and_less_safe_is_asked_on_four_levels(country: Pack) -> None:
    levels = {part.level: part for part in country.instrument("vulnerability").dimensions}

    assert set(levels) == set(RiskLevel)
    for part in levels.values():
        assert {sign.protective for sign in part.indicators} == {True, False}
