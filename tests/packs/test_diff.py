"""What a new version changes is said in sentences, and nothing is passed over."""

import tomllib
from dataclasses import replace

import pytest

from himaya.packs.diff import diff
from himaya.packs.loader import load
from himaya.packs.schema import Pack
from tests.packs.conftest import ATLANTIS, Changed


def test_the_same_pack_has_no_differences(country: Pack, atlantis: Pack) -> None:
    assert diff(country, country) == []
    assert diff(atlantis, load(ATLANTIS)) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "sentences"),
    [
        ("pack.toml", '"7"', '"8"', ["The pack: version was 7 and is now 8."]),
        (
            "settings.toml",
            "default = 90",
            "default = 90\nvalue = 60",
            [
                'The step "give_up": clock was 90 days and is now 60 days.',
                'The setting "recovery_period": value was nothing and is now 60.',
            ],
        ),
        (
            "pathway.toml",
            'actors = ["clock"]',
            'actors = ["clock", "case_worker"]',
            ['The step "give_up": actors was clock and is now clock, case_worker.'],
        ),
        (
            "pathway.toml",
            'from = ["seen", "lost"]\nto = "searching"',
            'from = ["lost", "seen"]\nto = "searching"',
            ['The step "search": from was seen, lost and is now lost, seen.'],
        ),
        (
            "pathway.toml",
            "{ when = \"seen\", amount = 6",
            "{ when = \"seen\", amount = 1",
            [
                'The step "search": clocks was 6 hours from seen; 4 working days from lost '
                "and is now 1 hour from seen; 4 working days from lost."
            ],
        ),
        (
            "pathway.toml",
            '{ id = "lost", end = true,',
            '{ id = "lost",',
            ['The state "rescue.lost": end was yes and is now no.'],
        ),
        (
            "indicators.toml",
            'waves = "weak"',
            'waves = "strong"',
            ['The indicator "waves W2.1": weight was weak and is now strong.'],
        ),
        (
            "indicators.toml",
            "{ weak = 1 }]",
            "{ medium_or_weak = 1 }]",
            [
                'The instrument "waves": positive_if_any was strong 1, medium 0, weak 0, '
                "medium_or_weak 0; strong 0, medium 0, weak 1, medium_or_weak 0 and is now "
                "strong 1, medium 0, weak 0, medium_or_weak 0; strong 0, medium 0, weak 0, "
                "medium_or_weak 1."
            ],
        ),
        (
            "agencies.toml",
            'en = "Quay", ar = "الرصيف"',
            'en = "Pier", ar = "الرصيف"',
            ['The desk "quay": label was “Quay” / “الرصيف” and is now “Pier” / “الرصيف”.'],
        ),
        (
            "agencies.toml",
            'named = "not_sure"\nintake = "altar"',
            'named = "not_sure"\nintake = "reading_room"',
            ['The route "not_sure": intake was altar and is now reading_room.'],
        ),
        (
            "shares.toml",
            'facts = ["language", "child"]',
            'facts = ["child"]',
            ['The sharing with "SHELTER": facts was language, child and is now child.'],
        ),
        (
            "calendar.toml",
            'weekend = ["saturday", "sunday"]',
            'weekend = ["sunday"]',
            ["The calendar: weekend was saturday, sunday and is now sunday."],
        ),
        (
            "card.toml",
            'version = "1"',
            'version = "2"',
            ["The card: version was 1 and is now 2."],
        ),
        (
            "card.toml",
            'sign_when = "no"',
            'sign_when = "yes"',
            ['The question "slow": sign_when was no and is now yes.'],
        ),
        (
            "channels.toml",
            'id = "bell"',
            'id = "gong"',
            ['The channel "bell" is gone.', 'The channel "gong" is new.'],
        ),
        (
            "pack.toml",
            'INVENTED = "Invented for the tests"',
            'INVENTED = "Made up"',
            ['The source "INVENTED": words was Invented for the tests and is now Made up.'],
        ),
    ],
)  # fmt: skip
def test_each_change_is_one_sentence(
    *, file: str, old: str, new: str, sentences: list[str], atlantis: Pack, changed: Changed
) -> None:
    assert diff(atlantis, load(changed(file, old, new))) == sentences


def test_packs_of_two_countries_are_called_that(kuwait: Pack, atlantis: Pack) -> None:
    assert diff(atlantis, kuwait)[0] == 'These are packs of two countries: "atlantis" and "kw".'


@pytest.mark.slow
def test_whatever_is_renamed_anywhere_in_a_pack_is_noticed(
    atlantis: Pack, changed: Changed
) -> None:
    """Every English word of every file, changed one at a time, makes at least one sentence."""
    for file in sorted(ATLANTIS.glob("*.toml")):
        text = file.read_text(encoding="utf-8")
        for words in english_in(tomllib.loads(text)):
            if text.count(f'en = "{words}"') == 1:
                new = changed(file.name, f'en = "{words}"', f'en = "{words} again"')

                assert diff(atlantis, load(new)), words

                changed(file.name, f'en = "{words} again"', f'en = "{words}"')


def english_in(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value["en"]] if isinstance(value.get("en"), str) else []
        return own + [words for each in value.values() for words in english_in(each)]
    if isinstance(value, list):
        return [words for each in value for words in english_in(each)]
    return []


def test_a_change_in_the_order_of_files_alone_is_none(atlantis: Pack) -> None:
    turned = replace(atlantis, agencies=tuple(reversed(atlantis.agencies)))

    assert diff(atlantis, turned) == []
