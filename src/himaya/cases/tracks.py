"""The tracks of a case's pathway: where each stands, and the one way to move it.

A case goes by the pack that it began with, or to which a recorded decision has moved it: whoever
asks or moves its tracks asks `pack_of`, and never the pack of the installation.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Model, Q

from himaya.agencies.models import Agency
from himaya.cases import merged
from himaya.cases.deadlines import begun, moved
from himaya.cases.errors import StepUnknown
from himaya.cases.models import Case, Move, TrackState
from himaya.cases.rules import check_step
from himaya.kernel.access import Actor
from himaya.packs.editions import code_of
from himaya.packs.engine import evident
from himaya.packs.loader import edition, editions
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step
from himaya.packs.vocabulary import IMPLIED


def pack_of(case: Case | UUID) -> Pack:
    """The edition of the country pack by which a case goes.

    case: itself, or its id for a desk that moves one of its tracks and may not see the case.
    """
    return edition(case.pack if isinstance(case, Case) else _edition_of(case))


def _edition_of(case_id: UUID) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_edition(%s)", [case_id])
        return str(cursor.fetchone()[0])


def begin(*, case: Case, at: datetime, further: dict[str, str]) -> list[Model]:
    """Put every track of the pack at its start, and start the deadlines that wait there.

    further: tracks that begin elsewhere. Returns what was made, for the caller's record.
    """
    tracks = [
        TrackState(case=case, track=track.id, state=further.get(track.id, track.start), since=at)
        for track in pack_of(case).tracks
    ]
    return begun(case, pack_of(case), TrackState.objects.bulk_create(tracks), at)


def stands_at(case_id: UUID, track: str) -> str:
    """Where a track of a case stands; of a case that took others over, of all of them."""
    holds = merged.holding(pack_of(case_id), case_id, track)
    return (holds or TrackState.objects.get(case_id=case_id, track=track)).state


def without_asking(
    pack: Pack, step: Step, *, since: datetime, actor: Actor, at: datetime
) -> set[str]:
    """The conditions of a step that the actor's body and the time show to be met.

    since: from when on the track stands where the step starts.
    """
    agency = "" if actor.kind == "officer" else None
    if step.agencies and actor.agency_id is not None:
        agency = Agency.objects.values_list("code", flat=True).get(pk=actor.agency_id)
    return evident(step, since=since, at=at, agency=agency, calendar=pack.calendar)


def at_an_end(track_id: str) -> Q:
    """Track states in which their own edition lets a case be closed; for a query on TrackState."""
    found = Q(pk__in=[])
    for pack in editions():
        ends = [state.id for track in pack.tracks if track.id == track_id for state in track.ends]
        found |= Q(case__pack=code_of(pack), state__in=ends)
    return found


def take_step(
    *,
    step_id: str,
    case_id: UUID,
    actor: Actor,
    held: Collection[str] = (),
    referred_to: UUID | None = None,
    at: datetime,
) -> TrackState:
    """Move a track by a step of the case's pack, and return it for the caller's record.

    Locks the track, so of two steps taken at once the second is asked from the new state. A track
    that already stands where the step leads stays, unless the step leads from there back to there,
    such as a review. Its deadlines follow, in an entry of their own. referred_to: the desk that the
    case was referred to for this track, which answers for its own steps from then on.
    Raises StepUnknown, StepNotOpen, NotYourStep or ConditionMissing.
    """
    step = step_of(case_id, step_id)
    holds = merged.holding(pack_of(case_id), case_id, step.track)
    track = TrackState.objects.select_for_update().get(
        case_id=holds.case_id if holds else case_id, track=step.track
    )
    step = step_of(case_id, step_id)  # a decision may have moved the case while we waited
    if track.state == step.to and step.to not in step.origins:
        return track
    met = without_asking(pack_of(case_id), step, since=track.since, actor=actor, at=at)
    # What time and body show is not for a caller to say.
    check_step(step, stands_at=track.state, actor=actor, held=met.union(set(held) - IMPLIED.keys()))
    left = track.state
    track.state, track.since, track.step = step.to, at, step.id
    track.save(update_fields=["state", "since", "step"])
    pack = pack_of(case_id)
    _keep_who(track, pack, actor, at)
    moved(actor=actor, pack=pack, step=step, left=left, track=track, referred_to=referred_to, at=at)
    return track


def _keep_who(track: TrackState, pack: Pack, actor: Actor, at: datetime) -> None:
    move = Move(case_id=track.case_id, track=track.track, step=track.step, at=at)
    move.officer, move.agency = actor.officer_id, actor.agency_id
    decision = pack.decision_by(track.step)
    if decision is not None:
        move.decides = Move.Decides.AGAIN if decision.again else Move.Decides.FIRST
    move.save(force_insert=True)


def step_of(case: Case | UUID, step_id: str) -> Step:
    """A step of the case's own pack. Raises StepUnknown when that pack has none of that id."""
    try:
        return pack_of(case).step(step_id)
    except KeyError as unknown:
        raise StepUnknown(step=step_id) from unknown
