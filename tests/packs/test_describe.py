"""The pathway in words is current, complete and says whose word it is."""

import pytest

from himaya.config.env import ROOT
from himaya.packs.describe import BEGIN, END, describe, replaced
from himaya.packs.loader import load
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import GUARDS

DOCUMENT = ROOT / "docs" / "pathway.md"


def test_the_document_is_current() -> None:
    """When this fails: ./himaya pack describe packs/kw --into docs/pathway.md"""
    text = DOCUMENT.read_text(encoding="utf-8")

    assert replaced(text, load(ROOT / "packs" / "kw")) == text


def test_a_document_of_another_pack_would_not_be_current(atlantis: Pack) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")

    assert replaced(text, atlantis) != text


def test_every_step_state_and_setting_is_described(country: Pack) -> None:
    text = describe(country)

    for step in country.steps:
        assert f"| **{step.label.en}** |" in text
    for track in country.tracks:
        assert f"### {track.label.en}" in text
    for setting in country.settings:
        assert f"| {setting.id} |" in text
    for guard in GUARDS:
        assert f"| {guard} |" in text


def test_deadlines_name_their_setting_and_their_pauses(atlantis: Pack) -> None:
    text = describe(atlantis)

    assert "Seen: 6 hours; Lost: 4 working days (triage_normal)" in text
    assert "2 working days (tide), paused while person_unreachable" in text
    assert "none: When the wind is fair." in text


def test_what_people_wrote_around_the_tables_stays(atlantis: Pack) -> None:
    text = replaced(f"Before.\n{BEGIN}\nstale words\n{END}\nAfter.\n", atlantis)

    assert text.startswith("Before.\n")
    assert text.endswith("\nAfter.\n")
    assert "stale words" not in text


def test_a_document_without_a_place_for_the_tables_is_refused(atlantis: Pack) -> None:
    with pytest.raises(ValueError, match="generated"):
        replaced("Nothing here.", atlantis)
