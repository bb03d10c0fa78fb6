"""A recorded decision moves open cases to another edition of the country pack."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.cases.deadlines import laid_anew
from himaya.cases.errors import NoPlaceInEdition, NotThere
from himaya.cases.models import Case, TrackState
from himaya.cases.tracks import pack_of
from himaya.cases.turns import take_turns
from himaya.identification.operations import asking as identification
from himaya.kernel.access import Actor
from himaya.packs.editions import code_of
from himaya.packs.schema import Pack

SOLUTIONS = "solutions"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided: its number, to which edition cases move, and where those go whose place
    the edition does not have.

    number: as the committee counts its decisions; no words. places: (track id, state id) → state
    id of the new edition; (`solutions`, solution id) → solution id.
    """

    number: str
    to: Pack
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def place_of(self, track: str, state: str) -> str:
        """Where a case goes that stands there. Raises NoPlaceInEdition when nobody has said, and
        NotThere when what was said does not exist, or lies behind a gate that was not passed."""
        known = {each.id: each for each in self.to.tracks}
        if track not in known:  # it is asked no more, and nothing of the person is lost by that
            return state
        states = {each.id: each for each in known[track].states}
        if (track, state) not in self.places:
            if state in states:
                return state
            raise NoPlaceInEdition(track=track, state=state)
        chosen = self.places[track, state]
        if chosen not in states or states[chosen].behind:
            raise NotThere(track=track, state=chosen)
        return chosen

    def solution_of(self, solution: str) -> str:
        """What the person's choice is called there. Raises as `place_of` does."""
        known = {each.id for each in self.to.solutions}
        chosen = self.places.get((SOLUTIONS, solution), solution)
        if not solution or chosen in known:
            return chosen
        if (SOLUTIONS, solution) in self.places:
            raise NotThere(track=SOLUTIONS, state=chosen)
        raise NoPlaceInEdition(track=SOLUTIONS, state=solution)


@transaction.atomic
def move(*, actor: Actor, case_id: UUID, decision: Decision, at: datetime) -> bool:
    """Move one open case, whole or not at all; False when it is there already or has ended.

    Tracks that are new to it begin at their start; a track that the edition does not have stays
    where it stands and is asked no more. Deadlines are laid anew. Nothing is shown to have been
    done: no condition counts as met, and nobody passes a gate.
    Raises NoPlaceInEdition or NotThere; then nothing has changed.
    """
    take_turns([case_id])
    still_open = Case.objects.filter(pk=case_id, state=Case.State.OPEN)
    case = still_open.select_for_update(of=("self",), no_key=True).first()
    if case is None or case.pack == code_of(decision.to):
        return False
    old = pack_of(case)
    tracks = list(TrackState.objects.select_for_update().filter(case=case).order_by("track"))
    changed = list(_placed(tracks, decision))
    case.solution = decision.solution_of(case.solution)
    case.pack = code_of(decision.to)
    case.version += 1
    case.save(update_fields=["pack", "solution", "version"])
    begun = _begun(case, tracks, decision.to, at)
    record(
        act="case.pack_moved",
        actor=actor,
        at=at,
        subject_id=case.pk,
        desk_id=case.desk_id,
        facts={"from": code_of(old), "to": case.pack, "decision": decision.number},
        rows=[case, *changed, *begun],
    )
    identification.follow_pack(actor=actor, subject_id=case.pk, pack=case.pack, at=at)
    laid_anew(actor=actor, case=case, pack=decision.to, tracks=[*tracks, *begun], at=at)
    return True


def _placed(tracks: Iterable[TrackState], decision: Decision) -> Iterable[TrackState]:
    """Put each track where it goes; those that the edition does not have stay as they are."""
    for track in tracks:
        place = decision.place_of(track.track, track.state)
        if place != track.state:
            track.state = place
            track.save(update_fields=["state"])
            yield track


def _begun(case: Case, tracks: Iterable[TrackState], pack: Pack, at: datetime) -> list[TrackState]:
    here = {track.track for track in tracks}
    return TrackState.objects.bulk_create(
        TrackState(case=case, track=track.id, state=track.start, since=at)
        for track in pack.tracks
        if track.id not in here
    )
