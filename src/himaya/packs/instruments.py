"""Sets of indicators by which an officer screens a person."""

from dataclasses import dataclass

from himaya.packs.entries import Entry, Label
from himaya.packs.vocabulary import Palermo, Person, Phase, Weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Entry):
    """A sign that an officer may find. weight: None in an instrument that has no score."""

    id: str
    label: Label
    weight: Weight | None
    ilo11: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension(Entry):
    """Signs that stand for one element of trafficking."""

    id: str
    code: str
    label: Label
    palermo: Palermo | None
    phase: Phase
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold(Entry):
    """Numbers of signs that together make a dimension positive; each is a minimum."""

    strong: int = 0
    medium: int = 0
    weak: int = 0
    medium_or_weak: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination(Entry):
    """Which dimensions together point to trafficking.

    act: an act of recruiting, moving, harbouring or receiving must be there.
    means: one of these dimensions must be positive; none for a child.
    purpose: all of these must be positive.
    """

    act: bool
    means: tuple[str, ...]
    purpose: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(Entry):
    """A set of indicators for screening.

    scored: it has weights and a rule; otherwise it advises without a score.
    positive_if_any: a dimension is positive when any of these thresholds is reached.
    note: what an officer must know of its limits.
    """

    code: str
    label: Label
    person: Person
    scored: bool
    note: Label
    dimensions: tuple[Dimension, ...]
    positive_if_any: tuple[Threshold, ...] = ()
    combination: Combination | None = None

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators, in order."""
        return tuple(sign for dimension in self.dimensions for sign in dimension.indicators)
