"""Cases and persons that turned out to be one, as they stand now: read, and settled.

Nothing of a merged case moves. Where a track stands is asked of both cases each time, by
`merge_rules`; only the columns that lists and rules read are set to the safer of both, and what the
kept case had of its own is kept with the merge.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, Q, QuerySet

from himaya.cases.merge_rules import SAFER, Stand, absorbed_holds, safer
from himaya.cases.models import Case, Merge, TrackState
from himaya.packs.schema import Pack

ALL_OF_ONE = """
WITH RECURSIVE up AS (
  SELECT id, merged_into_id FROM cases_person WHERE id = %s
  UNION SELECT p.id, p.merged_into_id FROM cases_person p JOIN up ON p.id = up.merged_into_id
), every AS (
  SELECT id FROM up
  UNION SELECT p.id FROM cases_person p JOIN every ON p.merged_into_id = every.id)
SELECT id FROM every
"""


def all_of_one(person_id: UUID) -> list[UUID]:
    """Every person who is known to be this one, themselves included, as far as the actor sees."""
    with connection.cursor() as cursor:
        cursor.execute(ALL_OF_ONE, [person_id])
        return [row[0] for row in cursor.fetchall()]


def merges_into(case_id: UUID) -> list[Merge]:
    """The merges that hold by which this case took others over, in their order."""
    found = Merge.objects.filter(kept=case_id, undone_at__isnull=True)
    return list(found.select_related("absorbed").order_by("merged_at", "id"))


def absorbed_by(case_ids: Iterable[UUID]) -> QuerySet[Case]:
    """The cases that these took over."""
    return Case.objects.filter(merged_into__in=list(case_ids))


def standing(
    pack: Pack, case: Case, tracks: Iterable[TrackState], merges: Sequence[Merge]
) -> dict[str, TrackState]:
    """Track id → the row that says where the person stands: of this case, or of one it took over.

    tracks: those of the case and of all that it took over.
    """
    by_case: dict[UUID, dict[str, TrackState]] = {}
    for row in tracks:
        by_case.setdefault(row.case_id, {})[row.track] = row
    held = by_case.get(case.pk, {})
    known = {track.id: track for track in pack.tracks}
    for merge in merges:
        assert merge.absorbed is not None  # merges_into takes merges of cases only
        for track_id, theirs in by_case.get(merge.absorbed.pk, {}).items():
            ours = held.get(track_id)
            if ours is None or track_id not in known:
                continue
            stands = [
                Stand(row.state, row.since, status == Case.Status.PRESUMED)
                for row, status in (
                    (ours, own_of(merge)["status"]),
                    (theirs, merge.absorbed.status),
                )
            ]
            if absorbed_holds(pack, known[track_id], stands[0], stands[1], merge.merged_at):
                held = {**held, track_id: theirs}
    return held


def asked_for(*cases: Case) -> list[QuerySet[Any, Any]]:
    """The lists of records that say where cases' tracks stand: `held` puts them together."""
    ids = [case.pk for case in cases]
    return [
        # First which cases, then their tracks: else row-level security asks of every track.
        TrackState.objects.filter(
            case__in=Case.objects.filter(Q(pk__in=ids) | Q(merged_into__in=ids)).values("pk")
        ),
        Merge.objects.filter(kept__in=ids, undone_at__isnull=True).order_by("merged_at", "id"),
        Case.objects.filter(merged_into__in=ids),
    ]


def held(pack: Pack, case: Case, rows: Sequence[Sequence[Any]]) -> list[TrackState]:
    """Where each track of a case stands, from the rows of `asked_for`."""
    tracks, merges, absorbed = rows
    by_id = {each.pk: each for each in absorbed}
    for merge in merges:
        merge.absorbed = by_id[merge.absorbed_id]
    return list(standing(pack, case, tracks, merges).values())


def holding(pack: Pack, case_id: UUID, track: str) -> TrackState | None:
    """The row of a case that this one took over, where it says how the track stands; else None."""
    merges = merges_into(case_id)
    if not merges:
        return None
    case = Case.objects.get(pk=case_id)
    cases = [case_id, *(merge.absorbed_id for merge in merges)]
    rows = TrackState.objects.filter(case__in=cases, track=track)
    found = standing(pack, case, rows, merges).get(track)
    return found if found is not None and found.case_id != case_id else None


def own_of(merge: Merge) -> dict[str, str]:
    """What the kept case had of its own in the columns that say the safer of both."""
    return {field: getattr(merge, f"own_{field}") for field in SAFER}


def settle(kept: Case, merges: Sequence[Merge], *, before: Sequence[Merge]) -> list[Model]:
    """Set the kept case's columns to the safer of its own and those it took over; save both.

    merges: those that hold from now on. before: those that held until now. A column that an
    officer has changed since is the case's own from then on. Returns the rows, for the record.
    """
    own = _own(kept, before)
    for field in SAFER:
        values = [own[field], *(getattr(_absorbed(each), field) for each in merges)]
        setattr(kept, field, safer(field, [str(value) for value in values]))
    kept_from = _own_kept_from(kept, before)
    others = (code for each in merges for code in _absorbed(each).kept_from)
    kept.kept_from = list(dict.fromkeys([*kept_from, *others]))
    kept.version += 1
    kept.save(update_fields=[*SAFER, "kept_from", "version"])
    for merge in merges:
        for field in SAFER:
            setattr(merge, f"own_{field}", own[field])
        merge.own_kept_from = kept_from
        merge.save(update_fields=[*(f"own_{field}" for field in SAFER), "own_kept_from"])
    return [kept, *merges]


def _own(kept: Case, before: Sequence[Merge]) -> Mapping[str, str]:
    now = {field: str(getattr(kept, field)) for field in SAFER}
    if not before:
        return now
    kept_apart = own_of(before[-1])
    return {
        field: kept_apart[field] if now[field] == _said(field, kept_apart, before) else now[field]
        for field in SAFER
    }


def _said(field: str, own: Mapping[str, str], merges: Sequence[Merge]) -> str:
    """What the merges that held had set the column to."""
    return safer(field, [own[field], *(str(getattr(_absorbed(each), field)) for each in merges)])


def _own_kept_from(kept: Case, before: Sequence[Merge]) -> list[str]:
    return list(before[-1].own_kept_from) if before else list(kept.kept_from)


def _absorbed(merge: Merge) -> Case:
    assert merge.absorbed is not None  # only merges of cases have something to settle
    return merge.absorbed
