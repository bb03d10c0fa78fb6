"""Decisions about a person's status: what is asked, against which criteria, and by how many."""

from dataclasses import dataclass

from himaya.packs.entries import Entry, Label

MOST_PERSONS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion(Entry):
    """One thing against which evidence is weighed. asks: what must be shown, in a sentence.

    of_children: whether it is asked of a child as well. The means are not.
    Source: Palermo Protocol, article 3(c).
    """

    id: str
    label: Label
    asks: Label
    of_children: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionSpec(Entry):
    """A question about a person's status, which one step of the pathway answers yes, another no.

    test: how sure one must be, in a sentence. criteria: what it is weighed against; none are named
    where a screening is enough. persons: how many officers weigh it, each without knowing what the
    other found. again: a no is looked at anew, by nobody who has decided on the case before.
    """

    id: str
    label: Label
    test: Label
    yes: str
    no: str
    criteria: tuple[str, ...] = ()
    persons: int = 1
    again: bool = False

    @property
    def steps(self) -> tuple[str, str]:
        """The two steps that answer it."""
        return self.yes, self.no
