"""Deadlines while two cases are one: due on the track that says where the person stands, once."""

from collections.abc import Sequence

from himaya.cases import merged
from himaya.cases.models import Case, Merge, TrackState
from himaya.cases.tracks import pack_of
from himaya.clocks.aside import come_back, stand_aside
from himaya.clocks.models import Deadline


def stood_aside(merge: Merge, kept: Case, absorbed: Case) -> list[Deadline]:
    """End what is due on the tracks of either case that the other one's stand in for."""
    rows = [list(each) for each in merged.asked_for(kept)]
    holders = {track.track: track.case_id for track in merged.held(pack_of(kept), kept, rows)}
    aside: list[Deadline] = []
    for case in (kept, absorbed):
        tracks = [track for track, holder in holders.items() if holder != case.pk]
        aside += stand_aside(case_id=case.pk, tracks=tracks, at=merge.merged_at)
    return aside


def came_back(merge: Merge, kept: Case, absorbed: Case) -> list[Deadline]:
    """What stood aside is due again, on every track that has not moved on meanwhile."""
    back: list[Deadline] = []
    for case in (kept, absorbed):
        still = TrackState.objects.filter(case=case, since__lte=merge.merged_at)
        tracks: Sequence[str] = list(still.values_list("track", flat=True))
        back += come_back(case_id=case.pk, tracks=tracks, since=merge.merged_at)
    return back
