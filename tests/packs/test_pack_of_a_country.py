"""What the pack of the first deployment says, held against the documents they stand on."""

import pytest

from himaya.packs.entries import by_id
from himaya.packs.loader import current
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import DeskKind, Unit


def test_the_pathway_has_its_sixteen_tracks_and_six_stages(kuwait: Pack) -> None:
    assert [track.id for track in kuwait.tracks] == [
        "intake",
        "identification",
        "recovery",
        "telling",
        "smuggling",
        "refuge",
        "child",
        "consent",
        "assistance",
        "shelter",
        "labour",
        "justice",
        "statement",
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


def test_the_first_page_shows_the_numbers_that_the_country_already_has(kuwait: Pack) -> None:
    shown = [line.address for line in kuwait.channels if line.first_page and line.address]

    assert shown == ["112", "25589696"]


def test_a_fact_that_is_not_known_is_left_out_and_not_guessed(kuwait: Pack) -> None:
    mailbox = next(line for line in kuwait.channels if line.id == "committee_mailbox")

    assert mailbox.address is None


def test_the_installation_s_own_pack_is_read_once_and_gives_its_instruments() -> None:
    assert current() is current()
    assert current().instrument("adult_labour").code == "adult_labour"
    with pytest.raises(KeyError):
        current().instrument("horoscope")


@pytest.mark.parametrize(
    ("limit", "article", "amount", "unit"),
    [
        ("police_custody_felony", "60", 4, Unit.CALENDAR_DAYS),
        ("police_custody_misdemeanour", "60", 48, Unit.HOURS),
        ("remand_felony", "69", 21, Unit.CALENDAR_DAYS),
        ("remand_felony_most", "69", 80, Unit.CALENDAR_DAYS),
        ("remand_misdemeanour", "69", 10, Unit.CALENDAR_DAYS),
        ("remand_misdemeanour_most", "69", 40, Unit.CALENDAR_DAYS),
        ("remand_by_court", "70", 30, Unit.CALENDAR_DAYS),
        ("remand_by_court_felony_most", "70", 6, Unit.MONTHS),
        ("remand_by_court_misdemeanour_most", "70", 3, Unit.MONTHS),
        ("detention_grievance", "69", 48, Unit.HOURS),
        ("labour_settlement", "146", 1, Unit.MONTHS),
        ("labour_hearing_set", "147", 3, Unit.CALENDAR_DAYS),
        ("labour_claim", "144", 12, Unit.MONTHS),
        ("wage_delay", "56", 7, Unit.CALENDAR_DAYS),
        ("domestic_hearing", "37", 1, Unit.MONTHS),
        ("domestic_hearing_notice", "37", 14, Unit.CALENDAR_DAYS),
        ("domestic_uncollected", "49", 24, Unit.HOURS),
        ("recruitment_guarantee", "17", 6, Unit.MONTHS),
        ("deportation_detention", "not known", 30, Unit.CALENDAR_DAYS),
        ("domestic_absence_report", "not known", 14, Unit.CALENDAR_DAYS),
        ("lost_passport", "not known", 14, Unit.CALENDAR_DAYS),
        ("newborn_papers", "not known", 4, Unit.MONTHS),
        ("abroad_ends_residence", "not known", 4, Unit.MONTHS),
        ("data_request", "34", 30, Unit.CALENDAR_DAYS),
        ("data_request_appeal", "34", 60, Unit.CALENDAR_DAYS),
    ],
)
def test_every_time_that_a_law_sets_is_as_it_was_read(
    kuwait: Pack, limit: str, article: str, amount: int, unit: Unit
) -> None:
    found = by_id(kuwait.law.limits, limit)

    assert (found.amount, found.unit) == (amount, unit)
    assert by_id(kuwait.law.provisions, found.provision).article == article
    # Of the law whose text was not seen only summaries speak.
    assert found.confidence == ("medium" if article == "not known" else "high")


def test_no_other_time_is_said_to_be_law(kuwait: Pack) -> None:
    assert len(kuwait.law.limits) == 25
