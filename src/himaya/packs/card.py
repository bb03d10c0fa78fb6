"""The screening card: the few questions that an officer without time or network asks a person."""

from dataclasses import dataclass
from enum import StrEnum

from himaya.packs.entries import Entry, Label

MOST_QUESTIONS = 16  # what can be asked in five minutes


class SignWhen(StrEnum):
    """The answer to a question that is a sign."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Entry):
    """One question, as it is read to the person.

    note: what the officer looks for, or leaves alone. signs: ids of indicators that are found when
    the answer is `sign_when`. act: that answer shows that somebody recruited, moved, housed or took
    the person over.
    """

    id: str
    ask: Label
    note: Label
    signs: tuple[str, ...] = ()
    sign_when: SignWhen = SignWhen.YES
    act: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Entry):
    """The card of a country.

    desk: the identification desk to which finished records are sealed. instruments: codes of the
    scored sets by which the card advises; the first that was made for the person's age is used.
    """

    version: str
    desk: str
    instruments: tuple[str, ...]
    questions: tuple[Question, ...]
