"""Whatever a pack states: in words, with a source, on a line of a file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from django.utils.translation import get_language

from himaya.kernel.tongues import standing_in
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
    """Words for people to read, in both languages that every pack must speak.

    also: language and words, for languages of reporters that words.toml speaks besides.
    """

    en: str
    ar: str
    also: tuple[tuple[str, str], ...] = ()

    def text(self) -> str:
        """The words in the reader's language; in English, marked, where the pack lacks it."""
        code = get_language() or "en"
        return self.in_language(code) if self.speaks(code) else standing_in(self.en, "en")

    def in_language(self, code: str) -> str:
        """The words in the language `code`, such as `ar` or `ar-kw`; English for any other."""
        return self._words().get(code.partition("-")[0], self.en)

    def speaks(self, code: str) -> bool:
        """Whether there are words in that language."""
        return code.partition("-")[0] in self._words()

    def _words(self) -> dict[str, str]:
        return {"en": self.en, "ar": self.ar, **dict(self.also)}


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
