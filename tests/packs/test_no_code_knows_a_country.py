"""What is particular to a country stands in its pack and nowhere in the code."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from himaya.config.env import ROOT
from himaya.packs.schema import Pack
from tests.factories.countries import PACKS

CODE = ROOT / "src" / "himaya"
READ = {".py", ".html", ".txt", ".sql", ".css", ".js", ".po", ".svg"}
# The one line that may name a country: the pack that is loaded when none is asked for.
DEFAULT_PACK = 'ROOT / "packs" / "kw"'


def words_of(pack: Pack) -> set[str]:
    """Everything in a pack that only that country has: names, numbers, places, laws."""
    named = [pack.name, *(agency.label for agency in pack.agencies)]
    named += [desk.label for desk in pack.desks]
    named = [label for label in named if label.en not in GENERAL]
    named += [law.label for law in pack.law.laws if law.id not in TREATIES]
    numbers = [channel.address for channel in pack.channels if channel.address]
    return {
        *(words for label in named for words in (label.en, label.ar)),
        *(number for number in numbers if len(number) > 4),
        *({pack.calendar.time_zone} - {"UTC"}),
        *re.findall(r"\b\d+/(?:19|20)\d\d\b", " ".join(label.en for label in named)),
        *NAMES[pack.id],
    }


# What each country, or the handbook behind a template, is called by itself.
NAMES = {
    "kw": {"Kuwait", "الكويت"},
    "uk": {
        "United Kingdom",
        "England",
        "Wales",
        "Britain",
        "British",
        "Home Office",
        "Competent Authority",
        "Modern Slavery",
        "المملكة المتحدة",
        "إنجلترا",
    },
    "osce": {"OSCE", "ODIHR", "four pillars", "الركائز الأربع"},
}
# Conventions bind many: a rule of the code may rest on one.
TREATIES = {"tipp", "somp", "cat", "coe", "csr", "crc"}
# Names so plain that any country could have them.
GENERAL = {
    "Public Prosecution",
    "Shelter for women",
    "Shelter for men",
    "Data protection and oversight",
    "Police force",
    "Council (local authority)",
    "Health service",
    "Support provider",
    "Doctors and clinics",
    "Social services",
    "Law enforcement",
}


def mentions(text: str, pack: Pack, words: set[str] | None = None) -> Iterator[str]:
    """The words of a pack that a text mentions, and its code where it stands as a word."""
    folded = text.casefold()
    yield from (word for word in words or words_of(pack) if word.casefold() in folded)
    codes = "|".join(filter(None, (pack.id, pack.calendar.holidays)))
    code = rf"""["']({codes})["']"""
    if re.search(rf"{code}|currency.*(KWD|GBP)|\b(KWD|GBP)\b", text):
        yield pack.id


@cache
def files() -> list[Path]:
    return [path for path in sorted(CODE.rglob("*")) if path.suffix in READ and path.is_file()]


def test_no_file_of_the_code_mentions_a_country(country: Pack) -> None:
    words = words_of(country)
    found = {
        str(path.relative_to(ROOT)): mentioned
        for path in files()
        if (mentioned := list(mentions(without_default(path), country, words)))
    }

    assert found == {}


@cache
def without_default(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace(DEFAULT_PACK, "")


def test_the_files_are_really_read() -> None:
    assert len(files()) > 40
    assert sum(DEFAULT_PACK in path.read_text(encoding="utf-8") for path in files()) == 1


PLANTED = {
    "kw": [
        "if country == 'kw':",
        "the Public Authority for Manpower",
        "الهيئة العامة للقوى العاملة",
        "الكويت",
        "# kuwait has its weekend on Friday",
        "call 25589696",
        "Law 91/2013, article 7",
        "Asia/Kuwait",
        "3000 KWD",
        'holidays = "KW"',
    ],
    "uk": [
        "if country == 'uk':",
        "ask the single competent authority",
        "السلطة المختصة الموحدة",
        "# in england the notice comes on paper",
        "the home office is told",
        "call 08000 121 700",
        "Modern Slavery Act 2015",
        "Europe/London",
        "300 GBP",
        'holidays = "GB"',
    ],
    "osce": [
        'pack.id == "osce"',
        "the multi-disciplinary identification body",
        "هيئة التعرّف المتعددة التخصصات",
        "as ODIHR says",
        "# one of the four pillars",
    ],
}


def test_a_mention_would_be_found(country: Pack) -> None:
    assert [text for text in PLANTED[country.id] if not list(mentions(text, country))] == []


def test_each_pack_that_is_delivered_has_its_names_here() -> None:
    assert {folder.name for folder in PACKS} == NAMES.keys() == PLANTED.keys()


def test_an_invented_country_is_not_found_either(atlantis: Pack) -> None:
    assert not [path for path in files() if "atlantis" in path.read_text("utf-8").casefold()]
