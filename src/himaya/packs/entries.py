"""Whatever a pack states: in words, with a source, on a line of a file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from django.utils.translation import get_language

from himaya.packs.vocabulary import Confidence


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the pack something is written: file, line, and the line of each of its keys."""

    file: str
    line: int
    keys: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, key: str) -> int:
        """The line of a key, or of the whole entry when it lacks the key."""
        return self.keys.get(key, self.line)


NOWHERE = Place("", 0)


@dataclass(frozen=True, slots=True)
class Label:
    """Words for people to read, in both languages that every pack must speak."""

    en: str
    ar: str

    def text(self) -> str:
        """The words in the reader's language; English where the pack does not speak it."""
        return self.in_language(get_language() or "en")

    def in_language(self, code: str) -> str:
        """The words in the language `code`, such as `ar` or `ar-kw`; English for any other."""
        return self.ar if code.partition("-")[0] == "ar" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that a pack states: how sure it is of it, on whose word, and where it says so.

    source: ids of the pack's list of sources.
    """

    confidence: Confidence
    source: tuple[str, ...]
    place: Place = field(default=NOWHERE, compare=False, repr=False)


class Named(Protocol):
    """Whatever has an id."""

    @property
    def id(self) -> str:
        """The word by which the pack refers to it."""


N = TypeVar("N", bound=Named)


def by_id(entries: Iterable[N], wanted: str) -> N:
    """The entry of that id. Raises KeyError when there is none."""
    for entry in entries:
        if entry.id == wanted:
            return entry
    raise KeyError(wanted)
