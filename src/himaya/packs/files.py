"""The files of a pack, as they are written, before they become one pack."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from himaya.packs.calendar import Calendar
from himaya.packs.card import Card
from himaya.packs.consent import Band, Implicit, LegalBasis
from himaya.packs.decisions import Criterion, DecisionSpec
from himaya.packs.desks import Agency, Custody, DeskSpec, Route, Share, SharePolicy, Silence
from himaya.packs.entries import NOWHERE, Entry, Label, Place
from himaya.packs.escalation import Level
from himaya.packs.instruments import Combination, Threshold
from himaya.packs.law import Lawbook
from himaya.packs.replies import Reply
from himaya.packs.retention import Rule
from himaya.packs.schema import Channel, District, Language, Setting, Solution
from himaya.packs.tracks import Document, Stage, Step, StepActor, Track
from himaya.packs.vocabulary import (
    InstrumentKind,
    Lack,
    Palermo,
    Person,
    Phase,
    RiskLevel,
    StageOrder,
    Weight,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """pack.toml: which country, which version, on whose word."""

    id: str
    version: str
    name: Label
    law_note: Label
    sources: Mapping[str, str]
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway(Entry):
    """pathway.toml"""

    stages: tuple[Stage, ...]
    actors: tuple[StepActor, ...]
    tracks: tuple[Track, ...]
    steps: tuple[Step, ...]
    documents: tuple[Document, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    decisions: tuple[DecisionSpec, ...] = ()
    stages_run: StageOrder = StageOrder.IN_TURN


@dataclass(frozen=True, slots=True, kw_only=True)
class Agencies(Entry):
    """agencies.toml"""

    agencies: tuple[Agency, ...]
    desks: tuple[DeskSpec, ...]
    routes: tuple[Route, ...]
    custody: tuple[Custody, ...]
    silence: tuple[Silence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares(Entry):
    """shares.toml"""

    compartments: tuple[Share, ...]
    facts: tuple[Share, ...]
    shares: tuple[SharePolicy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consents(Entry):
    """consent.toml"""

    bands: tuple[Band, ...]
    bases: tuple[LegalBasis, ...] = ()
    implicit: tuple[Implicit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels(Entry):
    """channels.toml"""

    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation(Entry):
    """escalation.toml"""

    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages(Entry):
    """languages.toml"""

    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Districts(Entry):
    """districts.toml"""

    districts: tuple[District, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow(Entry):
    """An indicator of the scored sets. weights: code of an instrument → its weight there.

    shows: elements of the law to which it points; those of its dimension when it says none.
    """

    id: str
    label: Label
    weights: Mapping[str, Weight]
    ilo11: tuple[int, ...] = ()
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionRow(Entry):
    """A dimension that the scored sets share."""

    id: str
    code: str
    label: Label
    palermo: Palermo
    phase: Phase
    indicators: tuple[IndicatorRow, ...]
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignRow(Entry):
    """A sign of a set that has no score."""

    id: str
    label: Label
    ilo11: tuple[int, ...] = ()
    shows: tuple[str, ...] = ()
    protective: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow(Entry):
    """Signs of a set without a score that belong together."""

    id: str
    label: Label
    signs: tuple[SignRow, ...]
    level: RiskLevel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentRow(Entry):
    """An instrument. signs, groups: its signs, when it has no score; else the dimensions have
    them."""

    code: str
    label: Label
    person: Person
    scored: bool
    note: Label
    kind: InstrumentKind = InstrumentKind.INDICATORS
    version: str = ""
    lacks: Lack | None = None
    instead: tuple[str, ...] = ()
    retired: date | None = None
    replaced_by: str | None = None
    positive_if_any: tuple[Threshold, ...] = ()
    combination: Combination | None = None
    signs: tuple[SignRow, ...] = ()
    groups: tuple[GroupRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicators(Entry):
    """indicators.toml"""

    instruments: tuple[InstrumentRow, ...]
    dimensions: tuple[DimensionRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Solutions(Entry):
    """solutions.toml"""

    solutions: tuple[Solution, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Entry):
    """settings.toml"""

    settings: tuple[Setting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention(Entry):
    """retention.toml"""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies(Entry):
    """replies.toml"""

    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What something that reporters read is called in more languages. of: `channels.emergency`."""

    of: str
    said: Mapping[str, str]
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """words.toml"""

    words: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """All files of a pack."""

    head: Head
    pathway: Pathway
    law: Lawbook
    agencies: Agencies
    shares: Shares
    consent: Consents
    channels: Channels
    calendar: Calendar
    escalation: Escalation
    languages: Languages
    districts: Districts
    indicators: Indicators
    card: Card
    solutions: Solutions
    settings: Settings
    retention: Retention
    replies: Replies
    words: Words
