"""Deadlines of a track that another case's track stands in for: ended for the while, and back."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from himaya.clocks.models import Deadline
from himaya.clocks.placing import next_call, pauses_of, place, running


def stand_aside(*, case_id: UUID, tracks: Collection[str], at: datetime) -> list[Deadline]:
    """End what is due on these tracks of a case, unmet: it is due on another case's from now on.

    Returns the rows, for the record of the merge.
    """
    aside = [one for one in running(case_id) if one.track in tracks]
    for deadline in aside:
        deadline.ended_at, deadline.calls_at = at, None
        deadline.save(update_fields=["ended_at", "calls_at"])
    return aside


def come_back(*, case_id: UUID, tracks: Collection[str], since: datetime) -> list[Deadline]:
    """What stood aside on these tracks is due again, at the moments at which it was due.

    since: when it stood aside. Nobody gains time by a merge: what would have been late is late.
    """
    aside = Deadline.objects.filter(
        case_id=case_id, track__in=tracks, ended_at=since, met_at__isnull=True
    )
    pauses, back = pauses_of(case_id), list(aside.order_by("id"))
    for deadline in back:
        deadline.pk, deadline.ended_at = uuid4(), None
        place(deadline, pauses)
        deadline.calls_at = next_call(deadline)
        deadline.save(force_insert=True)
    return back
