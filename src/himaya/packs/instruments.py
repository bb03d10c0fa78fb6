"""Sets of indicators by which an officer screens a person."""

from dataclasses import dataclass
from datetime import date

from himaya.packs.entries import Entry, Label
from himaya.packs.vocabulary import InstrumentKind, Lack, Palermo, Person, Phase, RiskLevel, Weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Entry):
    """A sign that an officer may find. weight: None in an instrument that has no score.

    shows: ids of the law's elements that the sign points to. protective: it makes safer, and is no
    sign of danger.
    """

    id: str
    label: Label
    weight: Weight | None
    ilo11: tuple[int, ...] = ()
    shows: tuple[str, ...] = ()
    protective: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension(Entry):
    """Signs that stand for one element of trafficking, or belong together. level: of a risk."""

    id: str
    code: str
    label: Label
    palermo: Palermo | None
    phase: Phase
    indicators: tuple[Indicator, ...]
    level: RiskLevel | None = None


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
    """A set of signs to ask about, in one version.

    kind: indicators of trafficking, or a list that is asked beside them. version: as its authors
    date it. scored: it has weights and a rule; otherwise it advises without a score. lacks: what of
    it could not be had. instead: codes of instruments to take while its signs are lacking.
    retired: from that day no interview begins with it; replaced_by: the code of what takes its
    place. positive_if_any: a dimension is positive when any of these thresholds is reached.
    note: what an officer must know of its limits.
    """

    code: str
    label: Label
    person: Person
    scored: bool
    note: Label
    dimensions: tuple[Dimension, ...]
    kind: InstrumentKind = InstrumentKind.INDICATORS
    version: str = ""
    lacks: Lack | None = None
    instead: tuple[str, ...] = ()
    retired: date | None = None
    replaced_by: str | None = None
    positive_if_any: tuple[Threshold, ...] = ()
    combination: Combination | None = None

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators, in order."""
        return tuple(sign for dimension in self.dimensions for sign in dimension.indicators)

    def is_retired(self, on: date) -> bool:
        """Whether no interview may begin with it any more on that day."""
        return self.retired is not None and self.retired <= on

    def may_begin(self, on: date) -> bool:
        """Whether an interview may begin with it: it has signs to ask about and is in force."""
        return bool(self.indicators) and not self.is_retired(on)

    def fits(self, *, child: bool) -> bool:
        """Whether it was made for a person of that age."""
        return self.person in (Person.ANYBODY, Person.CHILD if child else Person.ADULT)
