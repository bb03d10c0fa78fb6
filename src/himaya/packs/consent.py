"""Who may allow a person's information to go on, and on which law it goes without being allowed."""

from dataclasses import dataclass

from himaya.packs.entries import Entry, Label
from himaya.packs.vocabulary import Decider, DeskKind, OwnView


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Entry):
    """An age, or a state of mind, in which the same people decide.

    child: it is for persons who are, or are treated as, children. own_view: what the person's own
    word counts. decided_by: who may decide, the first to be asked first. body: the agency that
    decides where nobody else can be asked, or must not be.
    """

    id: str
    label: Label
    child: bool
    own_view: OwnView
    decided_by: tuple[Decider, ...]
    body: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis(Entry):
    """A law, or a danger, for which information goes on without or against a person's consent.

    to: the kinds of desk to which it may go. compartments: what of the file at most. days: for how
    long at most. provision: the article, where the pack's law has one.
    """

    id: str
    label: Label
    to: tuple[DeskKind, ...]
    compartments: tuple[str, ...]
    days: int
    provision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Implicit(Entry):
    """A purpose for which a person who cannot answer now is taken to agree, and for how long.

    purpose: a key of `vocabulary.PURPOSES`; its entry is known by it.
    """

    id: str
    days: int
