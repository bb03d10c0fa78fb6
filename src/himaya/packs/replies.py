"""Answers to reporters that an officer sends as they stand."""

from collections.abc import Mapping
from dataclasses import dataclass

from himaya.packs.entries import Entry, Label
from himaya.packs.vocabulary import ReplyUse


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Entry):
    """A short answer without a name, a number or a place, in the languages of reporters.

    label: what it is for, as officers read it. text: language → the words, whole.
    """

    id: str
    label: Label
    use: ReplyUse
    text: Mapping[str, str]

    def in_language(self, code: str) -> str:
        """The words for a reporter of this language; in English where the pack has none."""
        return self.text.get(code.partition("-")[0], self.text["en"])

    def speaks(self, code: str) -> bool:
        """Whether a native form of it exists in that language."""
        return code.partition("-")[0] in self.text
