"""The pathway as a pack lays it out: tracks, their states, and the steps between them."""

from dataclasses import dataclass, field

from himaya.packs.entries import Entry, Label, by_id
from himaya.packs.vocabulary import NOT_TOO_EARLY, RIGHT_BODY, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Entry):
    """One of the stages by which the country itself counts its pathway."""

    id: str
    label: Label
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepActor(Entry):
    """Who may take steps, as the country calls them. id: a code of `vocabulary.ACTORS`."""

    id: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Entry):
    """A paper that a step makes or needs."""

    id: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class State(Entry):
    """Where a track can stand.

    end: a case may be closed while the track stands here.
    behind: a guard that every way to this state must pass.
    pauses: while a track stands here, the case's clocks that name this reason stand still.
    meets: guards that the case meets while a track stands here. figure: as what figures count it.
    """

    id: str
    label: Label
    end: bool = False
    stage: str | None = None
    behind: str | None = None
    pauses: str | None = None
    meets: tuple[str, ...] = ()
    figure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Track(Entry):
    """One of the things that happen side by side in a person's case."""

    id: str
    label: Label
    start: str
    states: tuple[State, ...]
    stage: str | None = None

    @property
    def ends(self) -> tuple[State, ...]:
        """The states in which a case may be closed."""
        return tuple(state for state in self.states if state.end)

    def state(self, state_id: str) -> State:
        """The state of that id. Raises KeyError when the track has none."""
        return by_id(self.states, state_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(Entry):
    """How long a step may take, counted from entering the state it starts from.

    setting, limit: the setting or the time limit in law that gives amount and unit.
    when: the only state from which this clock counts; None for all.
    pauses: what stops it meanwhile.
    after: steps of other tracks from which it counts instead, while this track stands where the
    step starts: a period opens within a day of the decision, not of the case. since: a moment of
    `vocabulary.SINCES` from which it counts, where that came before the state did. lapses: when its
    time is over nobody is late, since the step was the person's chance and no duty.
    """

    amount: int = 0
    unit: Unit = Unit.HOURS
    setting: str | None = None
    limit: str | None = None
    when: str | None = None
    pauses: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    since: str | None = None
    lapses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Entry):
    """A move within a track: who may make it, on which conditions, with which papers, by when.

    agencies: the bodies whose officers take it; none are named when it is for all who are among
    its actors. not_before: how long it may not be taken yet, counted from entering the state it
    starts from.
    """

    id: str
    track: str
    label: Label
    origins: tuple[str, ...] = field(metadata={"key": "from"})  # a word Python keeps for itself
    to: str
    actors: tuple[str, ...]
    agencies: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    clock: Clock | None = None
    clocks: tuple[Clock, ...] = ()
    no_clock: Label | None = None
    not_before: Clock | None = None

    @property
    def conditions(self) -> tuple[str, ...]:
        """Its guards, and what its bodies and its earliest moment ask beside them."""
        body = (RIGHT_BODY,) if self.agencies else ()
        return (*self.guards, *body, *((NOT_TOO_EARLY,) if self.not_before else ()))

    def clock_from(self, state_id: str) -> Clock | None:
        """The clock of this step for a track that stands at the state, or None if it has none."""
        fitting = (clock for clock in self.clocks if clock.when == state_id)
        return next(fitting, self.clock)
