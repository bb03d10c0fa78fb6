"""What the pack of the first deployment says, held against the documents they stand on."""

from collections import Counter

import pytest

from himaya.packs.instruments import Instrument
from himaya.packs.loader import current, instrument
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import DeskKind, Unit, Weight

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


def weights_of(found: Instrument) -> dict[str, Weight | None]:
    return {indicator.id: indicator.weight for indicator in found.indicators}


@pytest.mark.parametrize("code", WEIGHTS)
def test_the_weights_are_those_of_the_published_sets(kuwait: Pack, code: str) -> None:
    expected = {
        f"{dimension}.{number:02}": LETTERS[letter]
        for dimension, letters in WEIGHTS[code].items()
        for number, letter in enumerate(letters, 1)
        if letter != "-"
    }

    assert weights_of(kuwait.instrument(code)) == expected


def test_the_adult_set_has_as_many_indicators_a_dimension_as_an_independent_count_says(
    kuwait: Pack,
) -> None:
    adult = kuwait.instrument("adult_labour")

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
    kuwait: Pack, code: str, means: tuple[str, ...]
) -> None:
    found = kuwait.instrument(code)

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


UNSCORED = ["adult_sexual", "child_sexual", "ilo_11"]
UNSCORED += ["unodc_domestic_servitude", "unodc_sexual_exploitation"]


@pytest.mark.parametrize("code", UNSCORED)
def test_sets_whose_weights_are_not_known_advise_without_a_score(kuwait: Pack, code: str) -> None:
    found = kuwait.instrument(code)

    assert not found.scored
    assert found.combination is None
    assert {sign.weight for sign in found.indicators} <= {None}


def test_the_eleven_indicators_of_forced_labour_are_eleven(kuwait: Pack) -> None:
    signs = kuwait.instrument("ilo_11").indicators

    assert [sign.ilo11 for sign in signs] == [(number,) for number in range(1, 12)]


def test_every_scored_indicator_points_to_known_indicators_of_forced_labour(kuwait: Pack) -> None:
    known = {number for sign in kuwait.instrument("ilo_11").indicators for number in sign.ilo11}

    for code in WEIGHTS:
        for sign in kuwait.instrument(code).indicators:
            assert set(sign.ilo11) <= known


def test_the_pathway_has_its_eleven_tracks_and_six_stages(kuwait: Pack) -> None:
    assert [track.id for track in kuwait.tracks] == [
        "intake",
        "identification",
        "recovery",
        "consent",
        "assistance",
        "shelter",
        "labour",
        "justice",
        "stay",
        "solution",
        "closure",
    ]
    assert len(kuwait.stages) == 6
    used = {
        stage.id
        for track in kuwait.tracks
        for state in track.states
        if (stage := kuwait.stage_of(track.id, state.id))
    }
    assert used == {stage.id for stage in kuwait.stages}


@pytest.mark.parametrize(
    ("setting", "amount", "unit"),
    [
        ("triage_emergency", 24, Unit.HOURS),
        ("triage_urgent", 72, Unit.HOURS),
        ("triage_normal", 14, Unit.CALENDAR_DAYS),
        ("presumption_decision", 5, Unit.WORKING_DAYS),
        ("recovery_period", 30, Unit.CALENDAR_DAYS),
        ("backup_retention", 30, Unit.CALENDAR_DAYS),
    ],
)
def test_what_no_text_fixes_is_a_setting_with_a_reason(
    kuwait: Pack, setting: str, amount: int, unit: Unit
) -> None:
    clock = kuwait.clock(setting)

    assert (clock.amount, clock.unit) == (amount, unit)
    assert kuwait.setting(setting).value is None
    assert len(kuwait.setting(setting).why.en) > 10


def test_what_a_law_fixes_cites_the_law(kuwait: Pack) -> None:
    settle = kuwait.step("settle").clock

    assert settle is not None
    assert (settle.amount, settle.unit, settle.limit) == (1, Unit.MONTHS, "labour_settlement")
    assert settle.source == ("L6",)
    assert settle.confidence == "high"


def test_more_urgent_reports_have_less_time(kuwait: Pack) -> None:
    step = kuwait.step("open_case")

    amounts = {state: step.clock_from(state) for state in step.origins}
    hours = {
        state: clock.amount * (1 if clock.unit is Unit.HOURS else 24)
        for state, clock in amounts.items()
        if clock
    }
    assert hours["emergency"] < hours["urgent"] < hours["normal"]


def test_nobody_may_discard_a_report_or_close_a_case_alone(kuwait: Pack) -> None:
    for step in ("confirm_discard", "refuse_discard", "close_case", "uphold", "presume_after_all"):
        assert "different_officer" in kuwait.step(step).guards


def test_confirmation_is_another_body_s_decision(kuwait: Pack) -> None:
    presumes, confirms = kuwait.step("presume"), kuwait.step("confirm")

    assert not set(presumes.actors) & set(confirms.actors)
    assert "different_agency" in confirms.guards


def test_nobody_departs_without_the_gate(kuwait: Pack) -> None:
    gated = {state.id for state in kuwait.track("solution").states if state.behind}

    assert gated == {"approved", "departed", "received", "reintegrated", "lost_contact"}
    leaving = {solution.id for solution in kuwait.solutions if solution.gate}
    assert leaving == {"return", "third_country"}


def test_the_prosecution_never_gets_what_was_told_in_confidence(kuwait: Pack) -> None:
    policy = kuwait.share_policy(DeskKind.PROSECUTION)

    assert policy is not None
    assert policy.compartments == ("identity",)
    assert {"narrative", "health", "counselling", "shelter", "informant"} <= set(policy.never)
    assert {"offences", "exploitation", "status"} <= set(policy.facts)
    assert not {"language", "nationality"} & set(policy.without_consent)


def test_the_committee_gets_figures_and_nothing_of_a_case(kuwait: Pack) -> None:
    policy = kuwait.share_policy(DeskKind.COMMITTEE)

    assert policy is not None
    assert (policy.compartments, policy.facts) == ((), ())


def test_who_reported_goes_to_no_desk_at_all(kuwait: Pack) -> None:
    assert not [policy.to for policy in kuwait.shares if "informant" in policy.compartments]


def test_the_first_page_shows_the_numbers_that_the_country_already_has(kuwait: Pack) -> None:
    shown = [line.address for line in kuwait.channels if line.first_page and line.address]

    assert shown == ["112", "25589696"]


def test_a_fact_that_is_not_known_is_left_out_and_not_guessed(kuwait: Pack) -> None:
    mailbox = next(line for line in kuwait.channels if line.id == "committee_mailbox")

    assert mailbox.address is None
    assert kuwait.calendar.opens is None


def test_every_kind_of_desk_exists(kuwait: Pack) -> None:
    assert {desk.kind for desk in kuwait.desks} == set(DeskKind)


def test_the_installation_s_own_pack_is_read_once_and_gives_its_instruments() -> None:
    assert current() is current()
    assert instrument("adult_labour") is current().instrument("adult_labour")
    with pytest.raises(KeyError):
        instrument("horoscope")
