"""Where the pathway's consent track stands: it tells of all consents of a case together."""

from datetime import datetime

from himaya.cases.models import Case, TrackState
from himaya.cases.tracks import stands_at, step_of, take_step
from himaya.consent.queries import of_person
from himaya.kernel.access import Actor

# That the person was told and that somebody chose freely is what a consent records: its operations
# refuse what was neither.
EXPIRES = "expire_consent"  # taken when the last consent that held has ended
HELD = ("informed", "person_chose")


def tracks_after(ended_by: str, case: Case, *, actor: Actor, at: datetime) -> list[TrackState]:
    """Take the steps by which the track says what now holds; the track, for the caller's record.

    ended_by: the step that leaves where it stands, when nothing holds any more. What is shared by
    law moves nothing: the track is about the person's own word.
    """
    waits, holds = of_person(case, at)
    track: list[TrackState] = []
    for step_id in _path(case, ended_by, waits=waits, holds=holds):
        track = [take_step(step_id=step_id, case_id=case.pk, actor=actor, held=HELD, at=at)]
    return track


def _path(case: Case, ended_by: str, *, waits: bool, holds: bool) -> list[str]:
    ask, grant = step_of(case, "ask_consent"), step_of(case, "grant_consent")
    stands = stands_at(case.pk, grant.track)
    if holds:
        if stands == grant.to:
            return []
        return [grant.id] if stands == ask.to else [ask.id, grant.id]
    if waits and stands in ask.origins:
        return [ask.id]
    if stands == grant.to:
        ended = "withdraw_consent" if ended_by == "refuse_consent" else ended_by
        return [ended, ask.id] if waits else [ended]
    if stands == ask.to and not waits:
        return ["refuse_consent"]
    return []
