"""What is particular to a country stands in its pack and nowhere in the code."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from himaya.config.env import ROOT
from himaya.packs.schema import Pack

CODE = ROOT / "src" / "himaya"
READ = {".py", ".html", ".txt", ".sql", ".css", ".js", ".po", ".svg"}
# The one line that may name a country: the pack that is loaded when none is asked for.
DEFAULT_PACK = 'ROOT / "packs" / "kw"'


def words_of(pack: Pack) -> set[str]:
    """Everything in a pack that only that country has: names, numbers, places, laws."""
    named = [pack.name, *(agency.label for agency in pack.agencies)]
    named += [desk.label for desk in pack.desks]
    named = [label for label in named if label.en not in GENERAL]
    named += [law.label for law in pack.law.laws if law.issued is None or law.id == "l91"]
    numbers = [channel.address for channel in pack.channels if channel.address]
    return {
        *(words for label in named for words in (label.en, label.ar)),
        *(number for number in numbers if len(number) > 4),
        pack.calendar.time_zone,
        *re.findall(r"\b\d+/(?:19|20)\d\d\b", " ".join(label.en for label in named)),
        *pack.name.en.replace("State of ", "").split(),
        pack.name.ar.removeprefix("دولة "),
    }


# Names so plain that any country could have them.
GENERAL = {
    "Public Prosecution",
    "Shelter for women",
    "Shelter for men",
    "Data protection and oversight",
}


def mentions(text: str, pack: Pack) -> Iterator[str]:
    """The words of a pack that a text mentions, and its code where it stands as a word."""
    for word in words_of(pack):
        if word.casefold() in text.casefold():
            yield word
    if re.search(rf"""["']{pack.id}["']|currency.*KWD|\b{pack.id.upper()}D\b""", text):
        yield pack.id


def files() -> list[Path]:
    return [path for path in sorted(CODE.rglob("*")) if path.suffix in READ and path.is_file()]


def test_no_file_of_the_code_mentions_a_country(country: Pack) -> None:
    found = {
        str(path.relative_to(ROOT)): words
        for path in files()
        if (words := list(mentions(without_default(path), country)))
    }

    assert found == {}


def without_default(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace(DEFAULT_PACK, "")


def test_the_files_are_really_read() -> None:
    assert len(files()) > 40
    assert sum(DEFAULT_PACK in path.read_text(encoding="utf-8") for path in files()) == 1


@pytest.mark.parametrize(
    "planted",
    [
        "if country == 'kw':",
        "the Public Authority for Manpower",
        "الهيئة العامة للقوى العاملة",
        "الكويت",
        "# kuwait has its weekend on Friday",
        "call 25589696",
        "Law 91/2013, article 7",
        "Asia/Kuwait",
        "3000 KWD",
    ],
)
def test_a_mention_would_be_found(kuwait: Pack, planted: str) -> None:
    assert list(mentions(planted, kuwait))


def test_an_invented_country_is_not_found_either(atlantis: Pack) -> None:
    assert not [path for path in files() if "atlantis" in path.read_text("utf-8").casefold()]
