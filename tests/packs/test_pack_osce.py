"""What the template of the four pillars says, and what it leaves to the country."""

import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from himaya.config.env import ROOT
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import DeskKind, StageOrder
from tests.factories.countries import pack_in
from tests.packs.conftest import change, faults_in

PILLARS = {
    "identification_protection": {"intake", "identification", "recovery"},
    "support_services": {
        *("assistance", "shelter", "legal_aid", "child"),
        *("telling", "smuggling", "refuge"),
    },
    "social_inclusion": {"inclusion", "stay", "solution"},
    "justice_redress": {"justice", "statement", "witness", "non_punishment", "redress"},
    None: {"consent", "closure"},
}


@pytest.fixture(scope="module")
def osce() -> Pack:
    """The pack."""
    return pack_in(ROOT / "packs" / "osce")


def test_the_four_pillars_run_side_by_side_and_each_holds_its_tracks(osce: Pack) -> None:
    found = defaultdict(set)
    for track in osce.tracks:
        found[track.stage].add(track.id)

    assert osce.stages_run is StageOrder.SIDE_BY_SIDE
    assert found == PILLARS
    assert [stage.id for stage in osce.stages] == [pillar for pillar in PILLARS if pillar]


def test_a_person_is_in_every_pillar_from_the_first_day(osce: Pack) -> None:
    for pillar in osce.stages:
        tracks = [track for track in osce.tracks if track.stage == pillar.id]
        assert tracks
        assert all(osce.stage_of(track.id, track.start) == pillar for track in tracks)


def test_every_time_is_a_setting_that_the_country_decides(osce: Pack) -> None:
    clocks = [
        clock
        for step in osce.steps
        for clock in (step.clock, *step.clocks, step.not_before)
        if clock
    ]

    assert clocks
    assert all(clock.setting and not clock.limit for clock in clocks)
    assert osce.law.limits == ()
    assert all(setting.value is None for setting in osce.settings)


def test_only_the_conventions_thirty_days_are_sure(osce: Pack) -> None:
    sure = {setting.id for setting in osce.settings if setting.confidence == "high"}

    assert sure == {"recovery_period", "recovery_bars_removal"}
    assert osce.setting("recovery_period").least == 30


def test_formal_identification_is_a_panels_and_never_one_officers(osce: Pack) -> None:
    for step in ("confirm", "do_not_confirm"):
        assert osce.step(step).agencies == ("identification_body",)
        assert "different_officer" in osce.step(step).guards
    assert {"confirm_after_all", "uphold_formally"} <= {
        step.id for step in osce.steps if step.agencies == ("rights_institution",)
    }


@pytest.mark.slow  # reads a pack anew
def test_a_no_to_a_presumption_stays_with_a_desk_that_sees_the_case(tmp_path: Path) -> None:
    """A body that is asked by a referral would start no clock of the protection that follows."""
    path = tmp_path / "osce"
    shutil.copytree(ROOT / "packs" / "osce", path)
    text = (path / "pathway.toml").read_text(encoding="utf-8")
    begins = text.index('id = "presume_after_all"')
    step = text[begins : text.index("[[steps]]", begins)]
    body = 'actors = ["identification_officer"]\nagencies = ["rights_institution"]'
    change(path, "pathway.toml", step, step.replace('actors = ["identification_officer"]', body))

    found = faults_in(path)

    assert any('would not start "begin_recovery"' in fault for fault in found), found


def test_a_template_obliges_nobody_to_report(osce: Pack) -> None:
    policy = osce.share_policy(DeskKind.PROSECUTION)

    assert policy is not None
    assert policy.duty is None
    assert "duty to report a crime, and to whom" in osce.law.silent_on


def test_it_knows_no_country(osce: Pack) -> None:
    assert osce.calendar.holidays is None
    assert osce.calendar.time_zone == "UTC"
    assert [line.id for line in osce.channels if line.address] == ["emergency"]
    assert {"low"} == {agency.confidence for agency in osce.agencies}
