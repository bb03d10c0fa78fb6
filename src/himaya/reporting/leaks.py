"""What in an answer may tell who or where: numbers, addresses, places, names, links.

Whoever reads the answer may have taken the reporter's telephone. It marks rather too much than too
little: a sentence without a number, a place or a name passes, and nothing is sent by it.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from himaya.reporting import leak_words as words
from himaya.vault.letters import plain

SHORT = 4  # letters; a shorter word takes no ending, or it would be found in others
LONGEST_ENDING = 3  # of a word in Latin or Arabic letters: a plural, a case
JOINED_ON = 6  # in scripts that write more of the sentence together with the word
SHORTEST_NAME = 3
FEWEST_DIGITS = 3  # fewer are an hour or a number of days
# What Arabic and Amharic write together with the word that follows.
PREFIX = "(?:(?:و|ف)?(?:ال|لل|بال|كال|ب|ل)?|[ከበወየለ])"


class Kind(StrEnum):
    """What may be told."""

    NUMBER = "number"
    ADDRESS = "address"
    PLACE = "place"
    NAME = "name"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Leak:
    """One thing that may tell: its words as they were written."""

    kind: Kind
    words: str


LINK = re.compile(
    r"\S+@\S+|https?:\S+|www\.\S+|\b[\w-]{2,}\.(?:[a-z]{2,4})(?:/\S*)?\b|@\w{3,}", re.IGNORECASE
)
NUMBER = re.compile(r"\+?\d(?:[\s().,/\-–]{0,2}\d)*")
HOUR = re.compile(r"\d{1,2}[:٫.]\d{2}")
WORD = re.compile(r"[^\s\d.,;:!?؟،؛।॥።፣፤፦…\"“”«»()\[\]{}–—/\\@+*#¿¡]+")
SENTENCE_ENDS = (".", "!", "?", "؟", "।", "።", ":", "\n", "۔")


def leaks_in(text: str, *, known: Iterable[str] = (), public: Collection[str] = ()) -> list[Leak]:
    """Everything in the text that may tell who or where; empty when nothing was found.

    known: names of the country's districts, offices, desks and officers. public: numbers that
    everybody may know, such as a help line.
    """
    found = [*_links(text), *_numbers(text, public), *_words(text), *_names(text)]
    found += _known(text, known)
    return sorted(set(found), key=lambda leak: (text.find(leak.words), leak.kind))


def _links(text: str) -> Iterator[Leak]:
    for found in LINK.finditer(text):
        yield Leak(Kind.LINK, found[0])


def _numbers(text: str, public: Collection[str]) -> Iterator[Leak]:
    harmless = {_digits(each) for each in public}
    for found in NUMBER.finditer(text):
        digits = _digits(found[0])
        hour = HOUR.match(text, found.start())
        if hour and hour.end() >= found.end():
            continue
        if len(digits) >= FEWEST_DIGITS and digits not in harmless:
            yield Leak(Kind.NUMBER, found[0].strip())
    for found in _spelled().finditer(plain(text)):
        yield Leak(Kind.NUMBER, found[0])


def _digits(text: str) -> str:
    return "".join(letter for letter in plain(text) if letter.isdecimal())


def _words(text: str) -> Iterator[Leak]:
    """Words that lead to an address or a place."""
    for found in WORD.finditer(text):
        word = plain(found[0])
        for kind, pattern in _leading().items():
            if pattern.fullmatch(word):
                yield Leak(kind, found[0])


def _names(text: str) -> Iterator[Leak]:
    """Names by what stands before them, by how they are written, and the usual ones."""
    for found in WORD.finditer(text):
        word = plain(found[0])
        if (word in _given() and found[0] not in words.NO_NAMES) or _is_capital(text, found):
            yield Leak(Kind.NAME, found[0])
    for found in _before_a_name().finditer(plain(text)):
        yield Leak(Kind.NAME, found[0])


def _is_capital(text: str, found: re.Match[str]) -> bool:
    """True for a word with a capital letter that does not begin a sentence."""
    word = found[0]
    before = text[: found.start()].rstrip(" \t\"'«(–-•¿¡")
    begins = not before or before.endswith(SENTENCE_ENDS)
    capital = word[0].isupper() and word[0].lower() != word[0]
    return capital and not begins and word.casefold() not in _split(words.INNOCENT)


def _known(text: str, known: Iterable[str]) -> Iterator[Leak]:
    here = f" {' '.join(_apart(text))} "
    for name in known:
        form = " ".join(_apart(name))
        if len(form) >= SHORTEST_NAME and re.search(f" {PREFIX}{re.escape(form)} ", here):
            yield Leak(Kind.PLACE, name)


def _apart(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", plain(text))


def _split(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


@cache
def _given() -> frozenset[str]:
    return frozenset(plain(name) for name in words.GIVEN_NAMES.split())


@cache
def _leading() -> dict[Kind, re.Pattern[str]]:
    return {
        Kind.ADDRESS: _any_of(words.ADDRESS),
        Kind.PLACE: _any_of(words.PLACE),
        Kind.NAME: _any_of(words.TITLES, endings=False),
    }


def _any_of(listed: str, *, endings: bool = True) -> re.Pattern[str]:
    """Any word of the list, with what is written before it and a short ending after a long one."""
    forms = sorted({plain(word) for word in listed.split()}, key=len, reverse=True)
    each = "|".join(re.escape(form) + (_ending(form) if endings else "") for form in forms)
    return re.compile(f"{PREFIX}(?:{each})")


def _ending(form: str) -> str:
    if form.isascii() or "\u0600" <= form[0] <= "\u06ff":
        return rf"\w{{0,{LONGEST_ENDING}}}" if len(form) > SHORT else "s?"
    return rf"\w{{0,{JOINED_ON}}}" if len(form) >= SHORTEST_NAME else ""


@cache
def _before_a_name() -> re.Pattern[str]:
    begins = "|".join(plain(each) for each in words.BEFORE_A_NAME)
    return re.compile(rf"(?<!\w)(?:{begins})\s*\w{{{SHORTEST_NAME},}}")


@cache
def _spelled() -> re.Pattern[str]:
    """Three digits or more, each written as a word."""
    word = "|".join(sorted({plain(each) for each in words.DIGIT_WORDS.split()}, key=len)[::-1])
    return re.compile(rf"(?<!\w)(?:{word})(?:[\s,،-]+و?(?:{word})){{2,}}(?!\w)")
