"""Two cases of one person: who may join them, and which of two states holds. Tables and rules."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from himaya.cases.errors import (
    CaseIsClosed,
    CaseIsMerged,
    NotBothYours,
    NothingToUndo,
    SameCase,
    StillReliedOn,
    TookOneOver,
)
from himaya.cases.models import Case, Merge
from himaya.kernel.access import Actor, Permission
from himaya.packs.schema import Pack
from himaya.packs.tracks import Track

# The first that one of the cases has holds for the person: the one that protects more.
SAFER: dict[str, tuple[str, ...]] = {
    "status": (Case.Status.PRESUMED, Case.Status.NOT_PRESUMED, Case.Status.NONE),
    "child": (Case.Child.YES, Case.Child.UNKNOWN, Case.Child.NO),
    "danger": (Case.Danger.HIGH, Case.Danger.MEDIUM, Case.Danger.LOW, ""),
}
# Steps that open protection: on their tracks the case of the presumed person holds.
PROTECTING = ("presume", "begin_recovery")


def check_leads_both(actor: Actor, kept: Case, absorbed: Case) -> None:
    """Raise unless one desk of the actor's leads both cases, so that nobody gains access."""
    actor.need(Permission.CASE_WORK)
    if kept.pk == absorbed.pk:
        raise SameCase(case=kept.pk)
    if kept.desk_id != absorbed.desk_id or kept.desk_id not in actor.desk_ids:
        raise NotBothYours(case=kept.pk)


def check_may_merge(actor: Actor, kept: Case, absorbed: Case, *, took_over: bool) -> None:
    """Raise unless the second case may be merged into the first now.

    took_over: the second has itself taken another case over.
    """
    check_leads_both(actor, kept, absorbed)
    for case in (kept, absorbed):
        if case.merged_into_id is not None:
            raise CaseIsMerged(case=case.pk)
        if case.state == Case.State.CLOSED:
            raise CaseIsClosed(case=case.pk)
    if took_over:
        raise TookOneOver(case=absorbed.pk)


def check_may_undo(actor: Actor, merge: Merge, led: Sequence[Case], *, relied_on: bool) -> None:
    """Raise unless the actor may undo this merge. led: its two cases, if it is one of cases.

    relied_on: later merges of cases need the two persons to be one.
    """
    actor.need(Permission.CASE_WORK)
    if merge.undone_at is not None:
        raise NothingToUndo(merge=merge.pk)
    if led:
        check_leads_both(actor, *led)
        if led[0].state == Case.State.CLOSED:
            raise CaseIsClosed(case=led[0].pk)
    if relied_on:
        raise StillReliedOn(merge=merge.pk)


def safer(field: str, values: Collection[str]) -> str:
    """Of the values that several cases have in a field, the one that protects the person more."""
    return next(value for value in SAFER[field] if value in values)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one case's track stands. presumed: the person of that case is presumed a victim."""

    state: str
    since: datetime
    presumed: bool


def absorbed_holds(
    pack: Pack, track: Track, kept: Stand, absorbed: Stand, merged_at: datetime
) -> bool:
    """Whether the track of the absorbed case says where the person stands now.

    What moved last after the merge holds. Before anything has moved: where protection opens, the
    case of the presumed person; a track that has begun before one that has not; one under way
    before one that has ended; the one further along; and of equals the kept case's.
    """
    if max(kept.since, absorbed.since) > merged_at:
        return absorbed.since > kept.since
    return _weight(pack, track, absorbed) > _weight(pack, track, kept)


def _weight(pack: Pack, track: Track, stand: Stand) -> tuple[bool, bool, bool, int]:
    protects = any(pack.step(step).track == track.id for step in PROTECTING)
    return (
        protects and stand.presumed,
        stand.state != track.start,
        not track.state(stand.state).end,
        how_far(pack, track).get(stand.state, 0),
    )


def how_far(pack: Pack, track: Track) -> dict[str, int]:
    """State → the fewest steps that lead there from the track's start."""
    far, newest = {track.start: 0}, {track.start}
    steps = [step for step in pack.steps if step.track == track.id]
    while newest:
        reached = {step.to for step in steps if newest & set(step.origins)} - far.keys()
        far |= dict.fromkeys(reached, max(far.values()) + 1)
        newest = reached
    return far
