"""A track of a case moves: its deadlines end, others begin. Called by whoever moves tracks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from himaya.audit.record import record
from himaya.clocks.models import Deadline, Pause
from himaya.clocks.placing import pauses_of, place, replace_all, running
from himaya.clocks.rules import Concern, Timed, timed
from himaya.kernel.access import Actor
from himaya.packs.calendar import due_at
from himaya.packs.editions import code_of
from himaya.packs.tracks import Step

FOLLOWED = "clocks.followed"
Stands = Mapping[str, str]  # track id → state id


@dataclass(frozen=True, slots=True)
class Move:
    """A step that was taken: from which state of its track.

    ends_case: nothing is due any more. reopens: everything that tracks wait for is due again.
    """

    step: Step
    left: str
    ends_case: bool = False
    reopens: bool = False

    @property
    def stays(self) -> bool:
        """True for a step that leads back to where it starts, such as a review."""
        return self.left == self.step.to


def begin(*, concern: Concern, stands: Stands, at: datetime) -> list[Model]:
    """Start the deadlines of a case whose tracks have just been put where they begin.

    Returns the rows for the record of the act that did so.
    """
    rows: list[Model] = []
    for track, state in stands.items():
        rows += _pause_by(concern, track, state, at)
    for track, state in stands.items():
        rows += start(concern, (track, state), timed(concern.pack, track, state), at)
    return rows


@transaction.atomic
def follow(*, actor: Actor, concern: Concern, move: Move, stands: Stands, at: datetime) -> None:
    """End the deadlines of the state that a track left, and start those of where it came.

    Those that the step was asked for are met; the others of the state end without, since the
    pathway went another way. stands: where every track of the case stands now, as far as the actor
    sees them. The act has an entry of its own, so that whoever moves a track need not know of it.
    """
    rows = _end(concern, move, at)
    if move.reopens:
        rows += begin(concern=concern, stands=stands, at=at)
    elif not move.ends_case:
        rows += _stops(concern, move, at)
        rows += _starts(concern, move, stands, at)
    if not rows:
        return
    moved = replace_all(concern.case_id, running(concern.case_id))
    known = {row.pk for row in moved}
    record(
        act=FOLLOWED,
        actor=actor,
        at=at,
        subject_id=concern.case_id,
        desk_id=concern.lead_id,
        facts={"step": move.step.id},
        rows=[*(row for row in rows if row.pk not in known), *moved],
    )


def _end(concern: Concern, move: Move, at: datetime) -> list[Model]:
    ended = [one for one in running(concern.case_id) if _ends(one, move)]
    for deadline in ended:
        deadline.ended_at = at
        deadline.paused_since = deadline.calls_at = None
        if move.step.id in deadline.steps:
            deadline.met_at = at
    Deadline.objects.bulk_update(ended, ["ended_at", "met_at", "paused_since", "calls_at"])
    return [*ended, *(_end_pauses(concern, at) if move.ends_case else [])]


def _end_pauses(concern: Concern, at: datetime) -> list[Model]:
    lasting = Pause.objects.filter(case_id=concern.case_id, until=None)
    return _over(list(lasting.select_for_update()), at)


def _over(pauses: list[Pause], at: datetime) -> list[Model]:
    for pause in pauses:
        pause.until = max(at, pause.since)
    Pause.objects.bulk_update(pauses, ["until"])
    return list(pauses)


def _ends(deadline: Deadline, move: Move) -> bool:
    if move.ends_case:
        return True
    here = (deadline.track, deadline.state) == (move.step.track, move.left)
    return here and (not move.stays or move.step.id in deadline.steps)


def _stops(concern: Concern, move: Move, at: datetime) -> list[Model]:
    """What the track itself stops: over when it leaves the state, begun when it enters one."""
    states = concern.pack.track(move.step.track)
    if states.state(move.left).pauses == states.state(move.step.to).pauses:
        return []
    lasting = Pause.objects.filter(case_id=concern.case_id, track=move.step.track, until=None)
    over = _over(list(lasting.select_for_update()), at)
    return [*over, *_pause_by(concern, move.step.track, move.step.to, at)]


def _pause_by(concern: Concern, track: str, state: str, at: datetime) -> list[Model]:
    reason = concern.pack.track(track).state(state).pauses
    if reason is None:
        return []
    pause = Pause(case_id=concern.case_id, reason=reason, track=track, since=at)
    pause.save(force_insert=True)
    return [pause]


def _starts(concern: Concern, move: Move, stands: Stands, at: datetime) -> list[Model]:
    track, state = move.step.track, move.step.to
    begun = timed(concern.pack, track, state)
    if move.stays:
        begun = [one for one in begun if move.step.id in {step.id for step in one.steps}]
    rows = start(concern, (track, state), begun, at)
    for other, stands_at in stands.items():
        if other != track:
            counted = timed(concern.pack, other, stands_at, after=move.step.id)
            where = (other, stands_at)
            rows += start(concern, where, _not_owed_yet(concern, where, counted), at)
    return rows


def _not_owed_yet(
    concern: Concern, where: tuple[str, str], counted: Sequence[Timed]
) -> Sequence[Timed]:
    """What is not due there already: a second reason to do something gives no second time."""
    if not counted:
        return counted
    owed = {one.rule for one in running(concern.case_id) if (one.track, one.state) == where}
    return [one for one in counted if one.rule not in owed]


def start(
    concern: Concern, where: tuple[str, str], found: Sequence[Timed], at: datetime
) -> list[Model]:
    """Start deadlines of a state of a track, those that stand still from the first included."""
    if not found:
        return []
    begun = [_deadline(concern, *where, one, at) for one in found]
    pauses = pauses_of(concern.case_id)
    for deadline in begun:
        place(deadline, pauses)
    return list(Deadline.objects.bulk_create(begun))


def _deadline(concern: Concern, track: str, state: str, found: Timed, at: datetime) -> Deadline:
    begun = concern.start_of(found.clock, at)
    due = due_at(begun, found.clock, concern.pack.calendar)
    return Deadline(
        case_id=concern.case_id,
        pseudonym=concern.pseudonym,
        desk_id=concern.desk_of(found.steps[0]),
        lead_id=concern.lead_id,
        track=track,
        state=state,
        steps=[step.id for step in found.steps],
        kind=found.kind,
        pack=code_of(concern.pack),
        rule=found.rule,
        amount=found.clock.amount,
        unit=found.clock.unit,
        pauses=list(found.clock.pauses),
        started_at=begun,
        first_due_at=due,
        due_at=due,
    )
