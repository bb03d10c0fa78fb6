"""The tracks of a case's pathway: where each stands, and the one way to move it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from himaya.cases.models import Case, TrackState
from himaya.cases.rules import check_step
from himaya.kernel.access import Actor
from himaya.packs.loader import current


def begin(*, case: Case, at: datetime, further: dict[str, str]) -> list[TrackState]:
    """Put every track of the pack at its start; `further` names tracks that begin elsewhere."""
    tracks = [
        TrackState(case=case, track=track.id, state=further.get(track.id, track.start), since=at)
        for track in current().tracks
    ]
    return TrackState.objects.bulk_create(tracks)


def stands_at(case_id: UUID, track: str) -> str:
    """The state at which a track of a case stands."""
    return TrackState.objects.get(case_id=case_id, track=track).state


def take_step(
    *, step_id: str, case_id: UUID, actor: Actor, held: Collection[str] = (), at: datetime
) -> TrackState:
    """Move a track by a step of the pack, and return it for the caller's record.

    Locks the track, so of two steps taken at once the second is asked from the new state. A track
    that already stands where the step leads stays. Raises StepNotOpen, NotYourStep or
    ConditionMissing.
    """
    step = current().step(step_id)
    track = TrackState.objects.select_for_update().get(case_id=case_id, track=step.track)
    if track.state == step.to:
        return track
    check_step(step, stands_at=track.state, actor=actor, held=held)
    track.state = step.to
    track.since = at
    track.save(update_fields=["state", "since"])
    return track
