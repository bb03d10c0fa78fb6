"""A country pack, whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from himaya.packs.calendar import Calendar
from himaya.packs.card import Card
from himaya.packs.consent import Band, Implicit, LegalBasis
from himaya.packs.decisions import Criterion, DecisionSpec
from himaya.packs.desks import Agency, Custody, DeskSpec, Route, Share, SharePolicy, Silence
from himaya.packs.entries import Entry, Label, by_id
from himaya.packs.escalation import Level
from himaya.packs.instruments import Instrument
from himaya.packs.law import Lawbook
from himaya.packs.replies import Reply
from himaya.packs.retention import Rule
from himaya.packs.tracks import Clock, Document, Stage, Step, StepActor, Track
from himaya.packs.vocabulary import ChannelKind, DeskKind, StageOrder, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Entry):
    """A way to reach help that the country already has.

    address: number or address as a person would dial or write it; None when it is not known.
    first_page: shown on the first page that a reporter sees.
    """

    id: str
    kind: ChannelKind
    label: Label
    address: str | None = None
    operator: str | None = None
    first_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Language(Entry):
    """A language that reporters of the country read. Tier 1 comes before tier 2."""

    code: str
    label: Label
    own_name: str
    tier: int
    right_to_left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class District(Entry):
    """A part of the country as everybody there speaks of it: as near as a place may be coded."""

    id: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution(Entry):
    """A way on that a person may choose.

    step: the step of the pathway that records the choice.
    gate: what must be shown before anything is arranged.
    """

    id: str
    label: Label
    step: str
    gate: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Entry):
    """A figure that no text fixes: the country decides, and until then the default holds.

    unit: what a whole number counts; None for a text or a yes or no.
    least: what no decision may go below, because a text says "at least"; None where none does.
    value: what the country decided; None while it has not.
    """

    id: str
    label: Label
    default: int | str | bool
    why: Label
    unit: Unit | None = None
    value: int | str | bool | None = None
    least: int | None = None

    @property
    def in_force(self) -> int | str | bool:
        """What the country decided, or else the default."""
        return self.default if self.value is None else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Everything that differs from country to country, at one version.

    law_note: what confidentiality cannot promise here; shown before a person writes.
    stages_run: whether a case passes the stages in turn, or is in all of them side by side.
    sources: id → what it is, for the `source` of every entry.
    """

    id: str
    version: str
    name: Label
    law_note: Label
    sources: Mapping[str, str]
    stages: tuple[Stage, ...]
    stages_run: StageOrder
    actors: tuple[StepActor, ...]
    documents: tuple[Document, ...]
    tracks: tuple[Track, ...]
    steps: tuple[Step, ...]
    criteria: tuple[Criterion, ...]
    decisions: tuple[DecisionSpec, ...]
    law: Lawbook
    agencies: tuple[Agency, ...]
    desks: tuple[DeskSpec, ...]
    routes: tuple[Route, ...]
    custody: tuple[Custody, ...]
    silence: tuple[Silence, ...]
    compartments: tuple[Share, ...]
    facts: tuple[Share, ...]
    shares: tuple[SharePolicy, ...]
    bands: tuple[Band, ...]
    bases: tuple[LegalBasis, ...]
    implicit: tuple[Implicit, ...]
    channels: tuple[Channel, ...]
    calendar: Calendar
    escalation: tuple[Level, ...]
    languages: tuple[Language, ...]
    districts: tuple[District, ...]
    instruments: tuple[Instrument, ...]
    card: Card
    solutions: tuple[Solution, ...]
    settings: tuple[Setting, ...]
    retention: tuple[Rule, ...]
    replies: tuple[Reply, ...]

    def track(self, track_id: str) -> Track:
        """The track of that id. This and its like raise KeyError when there is none."""
        return by_id(self.tracks, track_id)

    def step(self, step_id: str) -> Step:
        """The step of that id."""
        return by_id(self.steps, step_id)

    def steps_of(self, track_id: str) -> tuple[Step, ...]:
        """The steps of a track, in the order of the pack."""
        return tuple(step for step in self.steps if step.track == track_id)

    def steps_from(self, track_id: str, state_id: str) -> tuple[Step, ...]:
        """The steps that may follow while a track stands at a state, whoever may take them."""
        return tuple(step for step in self.steps_of(track_id) if state_id in step.origins)

    def stage_of(self, track_id: str, state_id: str) -> Stage | None:
        """The stage of the country's own count to which a state belongs."""
        track = self.track(track_id)
        stage = track.state(state_id).stage or track.stage
        return by_id(self.stages, stage) if stage else None

    def decision(self, decision_id: str) -> DecisionSpec:
        """The decision of that id."""
        return by_id(self.decisions, decision_id)

    def decision_by(self, step_id: str) -> DecisionSpec | None:
        """The decision that a step answers; None for a step that decides nothing."""
        return next((each for each in self.decisions if step_id in each.steps), None)

    def answered(self, track_id: str, state_id: str) -> bool | None:
        """What was decided where a track stands there: yes, or no; None where nothing was."""
        for decision in self.decisions:
            for step, yes in ((self.step(decision.yes), True), (self.step(decision.no), False)):
                if (step.track, step.to) == (track_id, state_id):
                    return yes
        return None

    def agency(self, agency_id: str) -> Agency:
        """The agency of that id."""
        return by_id(self.agencies, agency_id)

    def desk(self, desk_id: str) -> DeskSpec:
        """The desk of that id."""
        return by_id(self.desks, desk_id)

    def share_policy(self, kind: DeskKind) -> SharePolicy | None:
        """What may go to a kind of desk; None when nothing may."""
        return next((policy for policy in self.shares if policy.to == kind), None)

    def band(self, band_id: str) -> Band:
        """The age band of that id."""
        return by_id(self.bands, band_id)

    def basis(self, basis_id: str) -> LegalBasis:
        """The legal basis of that id."""
        return by_id(self.bases, basis_id)

    def setting(self, setting_id: str) -> Setting:
        """The setting of that id."""
        return by_id(self.settings, setting_id)

    def clock(self, setting_id: str) -> Clock:
        """The duration of a setting, as a clock."""
        setting = self.setting(setting_id)
        if setting.unit is None:
            raise KeyError(f"{setting_id} is not a duration")
        return Clock(
            amount=int(setting.in_force),
            unit=setting.unit,
            setting=setting.id,
            confidence=setting.confidence,
            source=setting.source,
            place=setting.place,
        )

    def instrument(self, code: str) -> Instrument:
        """The instrument of that code."""
        return {instrument.code: instrument for instrument in self.instruments}[code]
