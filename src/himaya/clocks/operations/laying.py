"""A case goes by another edition of the pack from now on: its deadlines are laid anew."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from himaya.audit.record import record
from himaya.clocks.following import start
from himaya.clocks.models import Deadline
from himaya.clocks.placing import running
from himaya.clocks.rules import Concern, Timed, timed
from himaya.kernel.access import Actor
from himaya.packs.calendar import due_at

LAID = "clocks.laid_anew"
Stands = Mapping[str, tuple[str, datetime]]  # track id → state id, and since when
Key = tuple[str, str, str, int, str, frozenset[str], frozenset[str]]


@transaction.atomic
def lay_anew(*, actor: Actor, concern: Concern, stands: Stands, at: datetime) -> None:
    """End deadlines that the edition does not know, and begin those that it has beside the others.

    A deadline that both editions count alike runs on untouched. A new one counts from when its
    track came where it stands; if by that it were over already, from now: nobody is late by a rule
    that did not hold yet.
    """
    wanted = {
        _key(track, state, one): (one, since)
        for track, (state, since) in stands.items()
        for one in timed(concern.pack, track, state)
    }
    known = wanted.keys() | set(_counted_elsewhere(concern, stands))
    found = {_key_of(deadline): deadline for deadline in running(concern.case_id)}
    rows: list[Model] = [_ended(found[key], at) for key in found.keys() - known]
    for key in sorted(wanted.keys() - found.keys(), key=str):
        one, since = wanted[key]
        over = due_at(since, one.clock, concern.pack.calendar) <= at
        rows += start(concern, key[:2], [one], at if over else since)
    if rows:
        record(
            act=LAID,
            actor=actor,
            at=at,
            subject_id=concern.case_id,
            desk_id=concern.lead_id,
            rows=rows,
        )


def _counted_elsewhere(concern: Concern, stands: Stands) -> Iterator[Key]:
    """Deadlines that count from a step of another track: whether it was taken nobody asks again."""
    afters = {
        name
        for step in concern.pack.steps
        for clock in (step.clock, *step.clocks)
        if clock
        for name in clock.after
    }
    for track, (state, _since) in stands.items():
        for after in afters:
            yield from (_key(track, state, one) for one in _after(concern, track, state, after))


def _after(concern: Concern, track: str, state: str, after: str) -> list[Timed]:
    return timed(concern.pack, track, state, after=after)


def _key(track: str, state: str, one: Timed) -> Key:
    clock = one.clock
    steps = frozenset(step.id for step in one.steps)
    pauses = frozenset(clock.pauses)
    return track, state, one.rule, clock.amount, str(clock.unit), steps, pauses


def _key_of(deadline: Deadline) -> Key:
    steps, pauses = frozenset(deadline.steps), frozenset(deadline.pauses)
    amount, unit = deadline.amount, deadline.unit
    return deadline.track, deadline.state, deadline.rule, amount, unit, steps, pauses


def _ended(deadline: Deadline, at: datetime) -> Deadline:
    deadline.ended_at = at
    deadline.paused_since = deadline.calls_at = None
    deadline.save(update_fields=["ended_at", "paused_since", "calls_at"])
    return deadline
