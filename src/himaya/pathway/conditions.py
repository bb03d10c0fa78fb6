"""What is known of a case that the conditions of its steps are asked of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from himaya.cases import merged
from himaya.cases.models import Case, Move, TrackState
from himaya.cases.tracks import pack_of, without_asking
from himaya.clocks.models import Deadline
from himaya.consent.models import Consent
from himaya.decisions.queries import own_and_absorbed
from himaya.identification.models import Screening
from himaya.identification.rules import INTERVIEWING
from himaya.kernel.access import Actor
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step
from himaya.packs.vocabulary import OF_CHILDREN
from himaya.pathway.queries import under_way
from himaya.referrals.models import Referral

ENDINGS = frozenset(
    {"no_open_clocks", "no_open_shares", "no_occupied_place", "no_open_proceedings"}
)
MOVES = 200  # of the newest; whoever acted before that decides nothing any more


@dataclass(frozen=True, slots=True)
class Known:
    """Where a case stands, who brought it there, and what was recorded.

    case: None for a desk that was asked to help and may not see the case; of the tracks and what
    belongs to them it sees its own. moves: the newest first. deadlines: those that run, the
    soonest first.
    """

    case: Case | None
    tracks: Sequence[TrackState]
    moves: Sequence[Move]
    deadlines: Sequence[Deadline]
    screened: bool
    allows: bool

    def stands(self, track: str) -> TrackState | None:
        """Where a track stands; None when the case has none of that name."""
        return next((each for each in self.tracks if each.track == track), None)

    def deadline_of(self, step: Step) -> Deadline | None:
        """The soonest deadline that the step would meet."""
        return next((each for each in self.deadlines if step.id in each.steps), None)


def lists(case: Case, at: datetime) -> list[QuerySet[Any, Any]]:
    """The lists of records that `known` is made from, to be asked at once."""
    return [
        *merged.asked_for(case),
        Move.objects.filter(case__in=own_and_absorbed(case)).order_by("-at")[:MOVES],
        Screening.objects.filter(subject_id=case.pk, state=Screening.State.TAKEN)[:1],
        Consent.objects.filter(case=case, withdrawn_at=None, until__gt=at)[:1],
        Deadline.objects.running().filter(case_id=case.pk).order_by("due_at")[:MOVES],
    ]


def known(case: Case, rows: Sequence[Sequence[Any]]) -> Known:
    """What is known, from the rows of `lists`."""
    moves, screenings, consents, deadlines = rows[3:]
    tracks = merged.held(pack_of(case), case, rows[:3])
    screened, allows = bool(screenings), bool(consents)
    return Known(case, tracks, moves, deadlines, screened=screened, allows=allows)


def known_to_receiver(referral: Referral) -> Known:
    """What the desk that answers a referral knows: its own track, and that the person consented."""
    case_id = referral.case_id
    return Known(
        case=None,
        tracks=list(TrackState.objects.filter(case=case_id)),
        moves=list(Move.objects.filter(case=case_id).order_by("-at")[:MOVES]),
        deadlines=list(Deadline.objects.running().filter(case_id=case_id).order_by("due_at")),
        screened=False,
        allows=referral.consent_id is not None,
    )


def met(
    known: Known, pack: Pack, step: Step, stood: TrackState, *, actor: Actor, at: datetime
) -> set[str]:
    """The conditions of a step that facts show to be met for this actor now.

    What an officer states (`vocabulary.DECLARED`) is not among them.
    """
    held = without_asking(pack, step, since=stood.since, actor=actor, at=at)
    if INTERVIEWING in actor.certificates:
        held.add("certified")
    if known.screened:
        held.add("screened")
    if known.allows:
        held.add("has_consent")
    held |= _by_standing(known, pack)
    if _is_presumed(known, pack):
        held.add("presumed")
    if known.case is not None and ENDINGS.intersection(step.guards):
        held |= under_way(known.case, at).met()
    return held | _by_another(known, pack, step, actor)


def _by_standing(known: Known, pack: Pack) -> set[str]:
    """What is met by where the tracks stand. Of an adult nothing is asked that is for children."""
    states = {track.id: track for track in pack.tracks}
    held = {
        guard
        for stood in known.tracks
        if stood.track in states
        for guard in states[stood.track].state(stood.state).meets
    }
    if known.case is not None and known.case.child == Case.Child.NO:
        held |= OF_CHILDREN
    return held


def _is_presumed(known: Known, pack: Pack) -> bool:
    """Whether the person counts as a victim: by the last decision, or else by the case's status."""
    track = known.stands(pack.step("presume").track)
    decided = pack.answered(track.track, track.state) if track is not None else None
    if decided is not None:
        return decided
    return known.case is not None and known.case.status == Case.Status.PRESUMED


def _by_another(known: Known, pack: Pack, step: Step, actor: Actor) -> set[str]:
    """Whether another officer, or another agency, acted before."""
    before = _before(known.moves, pack, step)
    if before is None:
        return {"different_officer", "different_agency"}
    held = set()
    if before.officer != actor.officer_id:
        held.add("different_officer")
    if before.agency != actor.agency_id:
        held.add("different_agency")
    return held


def _before(moves: Collection[Move], pack: Pack, step: Step) -> Move | None:
    """The move that another must have made: the last one on the track by whoever may take such a
    step, so that nobody looks again at a decision of their own after a clerk has passed it on; or
    the last one by anybody."""
    on_track = [move for move in moves if move.track == step.track]
    actors = {each.id: set(each.actors) for each in pack.steps}
    alike = (move for move in on_track if actors.get(move.step, set()) & set(step.actors))
    return next(alike, on_track[0] if on_track else None)
