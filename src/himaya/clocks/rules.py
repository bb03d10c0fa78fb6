"""Which deadlines a state of the pathway starts, how a pause moves them, and who may stop them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from himaya.clocks.errors import AlreadyStopped, NothingToStop, NotStopped, StopsByItself
from himaya.clocks.models import Deadline, Pause
from himaya.kernel.access import Actor, Permission
from himaya.packs.calendar import Calendar
from himaya.packs.counting import Period, due_after
from himaya.packs.schema import Pack
from himaya.packs.tracks import Clock, Step
from himaya.packs.vocabulary import CLOCK, Confidence, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """Whose deadlines they are. desk_of: which desk answers for a step; lead: leads the case.

    since: moments before the case that clocks of the pack may count from, by their name.
    """

    case_id: UUID
    pseudonym: str
    pack: Pack
    lead_id: UUID
    desk_of: Callable[[Step], UUID]
    since: Mapping[str, datetime] = field(default_factory=dict)

    def start_of(self, clock: Clock, at: datetime) -> datetime:
        """From when a clock counts that begins now: from an earlier moment, if it names one."""
        return min(self.since.get(clock.since or "", at), at)


@dataclass(frozen=True, slots=True)
class Timed:
    """Steps of one state that one rule of the pack times alike: one deadline, not one a step."""

    rule: str
    clock: Clock
    steps: tuple[Step, ...]

    @property
    def kind(self) -> Deadline.Kind:
        """What becomes of it when its time is over."""
        if any(CLOCK in step.actors for step in self.steps):
            return Deadline.Kind.BY_ITSELF
        return Deadline.Kind.CHANCE if self.clock.lapses else Deadline.Kind.DUTY


def timed(pack: Pack, track: str, state: str, *, after: str = "") -> list[Timed]:
    """The deadlines that begin when a track enters a state.

    after: a step of another track that was just taken, to find instead those that count from it.
    """
    found: dict[str, Timed] = {}
    for step in pack.steps_from(track, state):
        clock = step.clock_from(state)
        if clock is not None and (after in clock.after if after else not clock.after):
            rule = rule_of(clock)
            before = found.get(rule)
            found[rule] = _joined(before, clock, step) if before else Timed(rule, clock, (step,))
    return list(found.values())


def _joined(before: Timed, clock: Clock, step: Step) -> Timed:
    """One more step of the same rule. Where they differ, the reading that gives less time holds."""
    pauses = tuple(reason for reason in before.clock.pauses if reason in clock.pauses)
    lapses = before.clock.lapses and clock.lapses
    both = replace(before.clock, pauses=pauses, lapses=lapses)
    return Timed(before.rule, both, (*before.steps, step))


def rule_of(clock: Clock) -> str:
    """By what the pack fixes a clock: a setting, a limit in law, or its own amount."""
    if clock.setting:
        return f"setting:{clock.setting}"
    return f"limit:{clock.limit}" if clock.limit else f"amount:{clock.amount} {clock.unit}"


def clock_of(deadline: Deadline) -> Clock:
    """The time that a deadline gives, as it was when the deadline began."""
    return Clock(
        amount=deadline.amount, unit=Unit(deadline.unit), confidence=Confidence.LOW, source=()
    )


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a deadline stands: its moment, and since when it is stopped."""

    due_at: datetime
    paused_since: datetime | None


def stand(deadline: Deadline, pauses: Iterable[Pause], calendar: Calendar) -> Stand:
    """Where a deadline stands by the pauses of its case, in whatever order they came.

    A pause that lasts moves nothing yet. One that began when the time was over stops nothing.
    """
    named = [pause for pause in pauses if pause.reason in deadline.pauses]
    over = [Period(pause.since, pause.until) for pause in named if pause.until is not None]
    due = due_after(deadline.started_at, clock_of(deadline), calendar, over)
    lasting = [max(pause.since, deadline.started_at) for pause in named if pause.until is None]
    stopped = min((since for since in lasting if since < due), default=None)
    return Stand(due, stopped)


def reasons_of(pack: Pack) -> set[str]:
    """Reasons for which the pathway stops clocks by itself, while a track stands somewhere."""
    return {state.pauses for track in pack.tracks for state in track.states if state.pauses}


def reasons_for(running: Iterable[Deadline], own: Collection[str]) -> list[str]:
    """What an officer may stop these deadlines for: not what the pathway stops them for itself."""
    return sorted({reason for one in running for reason in one.pauses} - set(own))


def check_may_pause(
    actor: Actor,
    running: Sequence[Deadline],
    reason: str,
    *,
    own: Collection[str],
    lasting: bool,
) -> None:
    """Raise unless the actor's desk answers for a deadline that this reason stops.

    own: what the pathway stops by itself. Raises NothingToStop first: a stranger learns nothing.
    """
    actor.need(Permission.CLOCK_PAUSE)
    ours = [one for one in running if {one.desk_id, one.lead_id} & actor.desk_ids]
    if not any(reason in one.pauses for one in ours):
        raise NothingToStop(reason=reason)
    if reason in own:
        raise StopsByItself(reason=reason)
    if lasting:
        raise AlreadyStopped(reason=reason)


def check_may_resume(actor: Actor, running: Sequence[Deadline], pause: Pause | None) -> None:
    """Raise unless an officer stopped the clocks for this reason, and the actor may start them."""
    actor.need(Permission.CLOCK_PAUSE)
    ours = any({one.desk_id, one.lead_id} & actor.desk_ids for one in running)
    if pause is None or not ours:
        raise NotStopped
    if pause.track:
        raise StopsByItself(reason=pause.reason)
