"""What the pack of England and Wales says, held against the pages it stands on."""

from datetime import UTC, date, datetime, timedelta

import pytest

from himaya.config.env import ROOT
from himaya.packs.calendar import add_working_days, due_at, is_working_day
from himaya.packs.engine import evident
from himaya.packs.loader import load
from himaya.packs.schema import Pack
from himaya.packs.tracks import Clock
from himaya.packs.vocabulary import DeskKind, StageOrder, Unit
from tests.factories.countries import pack_in
from tests.packs.conftest import Changed, change, faults_in

AUTHORITIES = ("sca", "ieca")
DECISIONS = ("start_screening", "presume", "do_not_presume", "confirm", "do_not_confirm")
SECOND_LOOKS = ("presume_after_all", "uphold", "confirm_after_all", "uphold_conclusive")
FIRST_OF_MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def uk() -> Pack:
    """The pack."""
    return pack_in(ROOT / "packs" / "uk")


def clock_of(pack: Pack, step: str) -> Clock:
    """The one clock of a step."""
    found = pack.step(step).clock
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("setting", "amount", "unit", "source"),
    [
        ("presumption_decision", 5, Unit.WORKING_DAYS, "SEFTON"),
        ("recovery_period", 30, Unit.CALENDAR_DAYS, "HANSARD"),
        ("conclusive_earliest", 30, Unit.CALENDAR_DAYS, "WQ"),
        ("reconsideration_request", 30, Unit.CALENDAR_DAYS, "ASI"),
        ("support_start", 5, Unit.CALENDAR_DAYS, "FORM"),
        ("move_on_support", 45, Unit.CALENDAR_DAYS, "G"),
    ],
)
def test_each_time_of_the_mechanism_has_its_figure_and_its_source(
    uk: Pack, setting: str, amount: int, unit: Unit, source: str
) -> None:
    clock = uk.clock(setting)

    assert (clock.amount, clock.unit) == (amount, unit)
    assert source in clock.source
    assert source in uk.sources
    assert uk.setting(setting).value is None


def test_what_is_general_knowledge_is_never_more_than_a_default_to_be_confirmed(uk: Pack) -> None:
    doubtful = [entry for entry in (*uk.settings, *uk.steps) if entry.source == ("G",)]

    assert {entry.id for entry in doubtful} >= {"move_on_support", "seek_judicial_review"}
    assert {entry.confidence for entry in doubtful} == {"low"}


def test_reasonable_grounds_are_decided_in_five_working_days(uk: Pack) -> None:
    """From the Thursday before Easter: Good Friday, a weekend and Easter Monday do not count."""
    assert clock_of(uk, "presume") == clock_of(uk, "do_not_presume")

    due = due_at(datetime(2026, 4, 2, 9, tzinfo=UTC), clock_of(uk, "presume"), uk.calendar)

    assert due.date() == date(2026, 4, 13)


def test_the_holidays_are_those_of_england(uk: Pack) -> None:
    easter_monday, new_year_in_scotland = date(2026, 4, 6), date(2026, 1, 2)

    assert not is_working_day(easter_monday, uk.calendar)
    assert is_working_day(new_year_in_scotland, uk.calendar)
    assert add_working_days(date(2025, 12, 31), 1, uk.calendar) == new_year_in_scotland


@pytest.mark.parametrize("step", ["confirm", "do_not_confirm"])
def test_conclusive_grounds_come_not_before_thirty_days_and_have_no_upper_limit(
    uk: Pack, step: str
) -> None:
    decision = uk.step(step)

    assert decision.clock is None
    assert decision.clocks == ()
    assert decision.no_clock is not None
    assert "No upper limit" in decision.no_clock.en
    assert decision.not_before is not None
    assert (decision.not_before.setting, decision.origins) == ("conclusive_earliest", ("presumed",))


@pytest.mark.parametrize(
    ("after", "may"), [(0, False), (29, False), (30, False), (31, True), (400, True)]
)
def test_the_thirty_days_go_by_before_the_second_decision(uk: Pack, after: int, may: bool) -> None:
    at = FIRST_OF_MARCH + timedelta(days=after)

    met = evident(
        uk.step("confirm"), since=FIRST_OF_MARCH, at=at, agency="sca", calendar=uk.calendar
    )

    assert ("not_too_early" in met) is may


@pytest.mark.parametrize("step", [*DECISIONS, *SECOND_LOOKS])
def test_who_decides_stands_in_the_pack(uk: Pack, step: str) -> None:
    """Two authorities decide, either the first or the second time; nobody else."""
    assert uk.step(step).agencies == AUTHORITIES
    for agency in ("sca", "ieca", "police", "support"):
        met = evident(
            uk.step(step),
            since=FIRST_OF_MARCH,
            at=FIRST_OF_MARCH,
            agency=agency,
            calendar=uk.calendar,
        )
        assert ("right_body" in met) is (agency in AUTHORITIES)


@pytest.mark.slow  # reads a pack twice
def test_who_looks_again_is_changed_without_code(changed: Changed) -> None:
    """As a country would that gives it to one of the two."""
    path = changed("pack.toml", 'version = "7"', 'version = "8"').parent / "uk"
    path.mkdir()
    for file in (ROOT / "packs" / "uk").glob("*.toml"):
        (path / file.name).write_bytes(file.read_bytes())
    text = (path / "pathway.toml").read_text(encoding="utf-8")
    step = text[text.index('id = "uphold"') : text.index('id = "confirm"')]
    change(path, "pathway.toml", step, step.replace('"sca", "ieca"', '"sca"'))

    assert faults_in(path) == []
    assert load(path).step("uphold").agencies == ("sca",)


def test_a_second_look_is_another_officers_and_asked_for_within_thirty_days(uk: Pack) -> None:
    for step in SECOND_LOOKS:
        assert "different_officer" in uk.step(step).guards
    for step in ("ask_reconsideration", "ask_conclusive_reconsideration"):
        assert clock_of(uk, step).setting == "reconsideration_request"
        assert clock_of(uk, step).lapses


def test_the_recovery_period_may_be_lengthened_and_never_shortened(uk: Pack) -> None:
    period = uk.setting("recovery_period")

    assert (period.in_force, period.least) == (30, 30)
    assert uk.step("end_recovery").not_before is not None
    assert uk.setting("recovery_bars_removal").in_force is True
    assert {"HANSARD", "COE"} == set(period.source)


def test_an_adult_decides_and_a_child_is_referred_through_the_council(uk: Pack) -> None:
    assert uk.step("submit_referral").origins == ("council_contacted", "agreed")
    assert "person_chose" in uk.step("agree_to_referral").guards
    assert "person_chose" not in uk.step("contact_council").guards
    assert uk.step("contact_council").documents == ("council_contact",)


def test_an_adult_who_does_not_agree_is_notified_without_a_name(uk: Pack) -> None:
    policy = uk.share_policy(DeskKind.IDENTIFICATION)

    assert uk.track("referral").state(uk.step("notify_only").to).end
    assert policy is not None
    assert policy.duty == "msa_52"
    assert not {"nationality", "language", "needs", "danger"} & set(policy.without_consent)


def test_no_duty_sends_the_police_anything(uk: Pack) -> None:
    policy = uk.share_policy(DeskKind.PROSECUTION)

    assert policy is not None
    assert (policy.duty, policy.without_consent) == (None, ())


@pytest.mark.parametrize(
    ("step", "paper"),
    [
        ("submit_referral", "referral_form"),
        ("notify_only", "duty_to_notify_notice"),
        ("presume", "rg_letter"),
        ("do_not_presume", "rg_letter"),
        ("begin_recovery", "recovery_grant"),
        ("extend_recovery", "extension_record"),
        ("confirm", "cg_letter"),
        ("do_not_confirm", "cg_letter"),
        ("ask_reconsideration", "reconsideration_request"),
    ],
)
def test_every_decision_has_its_letter(uk: Pack, step: str, paper: str) -> None:
    assert paper in uk.step(step).documents


def test_reasons_stay_on_file_and_are_no_letter(uk: Pack) -> None:
    papers = {paper.id: paper.label.en for paper in uk.documents}

    assert "is not sent" in papers["reasons_minute"]
    for step in ("presume", "do_not_presume", "confirm", "do_not_confirm"):
        assert "reasons_minute" in uk.step(step).documents


def test_the_stages_follow_each_other(uk: Pack) -> None:
    assert uk.stages_run is StageOrder.IN_TURN
    assert [stage.id for stage in uk.stages] == [
        "referral",
        "reasonable_grounds",
        "recovery",
        "conclusive_grounds",
        "moving_on",
    ]


def test_what_a_law_says_cites_its_section(uk: Pack) -> None:
    articles = {provision.id: provision.article for provision in uk.law.provisions}

    assert articles["msa_52"] == "52"
    assert articles["naba_63"] == "63"
    assert {offence.provision for offence in uk.law.offences} == {"msa_1", "msa_2"}
    assert uk.law.limits == ()  # five working days are guidance, not law


def test_the_first_page_shows_the_numbers_that_the_country_already_has(uk: Pack) -> None:
    shown = [line.address for line in uk.channels if line.first_page and line.address]

    assert shown == ["999", "08000 121 700"]
