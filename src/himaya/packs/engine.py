"""What may be done now in a person's pathway and why not, and what is due by which rule.

Pure: a pack, where the tracks stand, who asks and what is known to be met; no database, no clock.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from himaya.kernel.access import Actor
from himaya.packs.calendar import Calendar, due_at
from himaya.packs.entries import Label, by_id
from himaya.packs.obstacles import ELSEWHERE, missing, not_theirs
from himaya.packs.schema import Pack
from himaya.packs.tracks import Clock, Step
from himaya.packs.vocabulary import NOT_TOO_EARLY, RIGHT_BODY, Confidence

Stand = Mapping[str, str]  # track id → state id


@dataclass(frozen=True, slots=True)
class Stood:
    """Where a track stands, since when, and the step that brought it there, empty at the start."""

    state: str
    since: datetime
    step: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the pathway says to one step: does it lead from here, is it theirs, what is missing."""

    from_here: bool
    theirs: bool
    missing: tuple[str, ...]

    @property
    def may(self) -> bool:
        """True when nothing is in the way."""
        return self.from_here and self.theirs and not self.missing


@dataclass(frozen=True, slots=True)
class Choice:
    """A step of a track, and why this actor may not take it from where the track stands now.

    missing: conditions that are not met; why: whole sentences, the most telling first.
    """

    step: Step
    may: bool
    theirs: bool
    missing: tuple[str, ...]
    why: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """On what a deadline rests: a rule of law, a setting, or the pathway itself.

    article: as the law is cited; empty when no law fixes the time.
    """

    words: Label
    article: str
    confidence: Confidence
    source: tuple[str, ...]

    @property
    def by_law(self) -> bool:
        """True when a text fixes the time, so that no setting changes it."""
        return bool(self.article)


@dataclass(frozen=True, slots=True)
class Due:
    """A step that is due: until when, counted from when, by which clock and on which basis."""

    step: Step
    clock: Clock
    since: datetime
    at: datetime
    basis: Basis


def judge(step: Step, *, stands_at: str, actor: Actor, held: Collection[str]) -> Judgement:
    """What the pathway says when this actor takes this step from here.

    held: names of the conditions that are known to be met. A job of ours has no role: what it may
    do is decided where it is written. The reporters' site takes no step.
    """
    return Judgement(
        from_here=stands_at in step.origins,
        theirs=_is_theirs(step, actor),
        missing=tuple(sorted(set(step.conditions) - set(held))),
    )


def _is_theirs(step: Step, actor: Actor) -> bool:
    if actor.kind == "officer":
        return not actor.roles.isdisjoint(step.actors)
    return actor.kind == "job"


def evident(
    step: Step, *, since: datetime, at: datetime, agency: str | None, calendar: Calendar
) -> set[str]:
    """The conditions of a step that its body and the time show to be met.

    since: from when on the track stands where the step starts. agency: the code of the actor's
    body; None for a job of ours, which is of none.
    """
    met = set()
    if agency is None or agency in step.agencies:
        met.add(RIGHT_BODY)
    if step.not_before and at > due_at(since, step.not_before, calendar):
        met.add(NOT_TOO_EARLY)
    return met


def choices(
    pack: Pack, stand: Stand, actor: Actor, held: Callable[[Step], Collection[str]]
) -> list[Choice]:
    """The steps that lead on from where the tracks stand, in the pack's order.

    stand: of one track, of some or of all. A track or state that the pack does not have offers
    nothing. held: the conditions that are known to be met for a step.
    """
    return [
        choice_for(pack, step, stands_at, actor, held(step))
        for track, stands_at in stand.items()
        for step in pack.steps_from(track, stands_at)
    ]


def choice_for(
    pack: Pack, step: Step, stands_at: str, actor: Actor, held: Collection[str]
) -> Choice:
    """One step, also one that does not lead on from where its track stands."""
    judgement = judge(step, stands_at=stands_at, actor=actor, held=held)
    why = tuple(_why(pack, step, judgement))
    return Choice(step, judgement.may, judgement.theirs, judgement.missing, why)


def _why(pack: Pack, step: Step, judgement: Judgement) -> Iterator[Label]:
    if not judgement.from_here:
        yield ELSEWHERE
    if not judgement.theirs:
        yield not_theirs(step, pack.actors)
    for condition in judgement.missing:
        yield missing(condition, step, pack.agencies)


def due(pack: Pack, stand: Mapping[str, Stood]) -> list[Due]:
    """What is due on the tracks, the soonest first: each step with a clock from where they stand.

    Counted without pauses: what was stopped meanwhile is kept where clocks run.
    """
    found = [
        _due(pack, step, clock, since)
        for track, stood in stand.items()
        for step in pack.steps_from(track, stood.state)
        if (clock := step.clock_from(stood.state)) is not None
        and (since := _counted_from(clock, stood, stand)) is not None
    ]
    return sorted(found, key=lambda one: one.at)


def _counted_from(clock: Clock, stood: Stood, stand: Mapping[str, Stood]) -> datetime | None:
    """From when a clock counts; None while the step of another track that starts it is not taken.

    A track that has moved on since has passed that step, but no longer says when.
    """
    if not clock.after:
        return stood.since
    started = [other.since for other in stand.values() if other.step in clock.after]
    return max([stood.since, *started]) if started else None


def _due(pack: Pack, step: Step, clock: Clock, since: datetime) -> Due:
    return Due(step, clock, since, due_at(since, clock, pack.calendar), basis(pack, step, clock))


def basis(pack: Pack, step: Step, clock: Clock) -> Basis:
    """On what a clock of a step rests."""
    if clock.limit is not None:
        provision = by_id(pack.law.provisions, by_id(pack.law.limits, clock.limit).provision)
        law = by_id(pack.law.laws, provision.law)
        return Basis(law.label, provision.article, clock.confidence, clock.source)
    if clock.setting is not None:
        return Basis(pack.setting(clock.setting).label, "", clock.confidence, clock.source)
    return Basis(step.label, "", clock.confidence, clock.source)
