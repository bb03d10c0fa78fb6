"""A desk is asked for a screening; what waits moves and ends with its case."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.identification.models import Screening, Sitting
from himaya.kernel.access import Actor


@transaction.atomic
def ask(
    *,
    actor: Actor,
    subject_id: UUID,
    pseudonym: str,
    desk_id: UUID,
    pack: str,
    due_at: datetime,
    at: datetime,
    why: Screening.Why = Screening.Why.FIRST,
    said_child: bool = False,
) -> Screening:
    """Ask a desk to screen the person of a case, with an instrument of the pack it goes by.

    said_child: a child was spoken of, so that only who is trained for it asks.
    """
    screening = Screening(
        subject_id=subject_id,
        pseudonym=pseudonym,
        desk_id=desk_id,
        pack=pack,
        asked_at=at,
        due_at=due_at,
        why=why,
        said_child=said_child,
    )
    screening.save(force_insert=True)
    record(
        act="screening.asked",
        actor=actor,
        at=at,
        subject_id=subject_id,
        desk_id=desk_id,
        rows=[screening],
    )
    return screening


@transaction.atomic
def follow_pack(*, actor: Actor, subject_id: UUID, pack: str, at: datetime) -> None:
    """Screenings that wait use the instruments of the edition to which their case was moved."""
    waiting = Screening.objects.select_for_update().filter(
        subject_id=subject_id, state=Screening.State.ASKED
    )
    for screening in waiting:
        screening.pack = pack
        screening.save(update_fields=["pack"])
        record(
            act="screening.pack_moved",
            actor=actor,
            at=at,
            subject_id=subject_id,
            desk_id=screening.desk_id,
            rows=[screening],
        )


@transaction.atomic
def end_with_case(*, actor: Actor, subject_id: UUID, at: datetime) -> None:
    """End the screenings of a case that nobody has made: there is nobody to interview any more.

    What was answered of a draft stays, sealed words too; a sitting that nobody ended is over.
    """
    waiting = Screening.objects.select_for_update().filter(
        subject_id=subject_id, state=Screening.State.ASKED
    )
    for screening in waiting:
        sat = list(Sitting.objects.filter(screening=screening, ended_at=None))
        for sitting in sat:
            sitting.ended_at, sitting.ended = at, Sitting.Ended.TIME
            sitting.save(update_fields=["ended_at", "ended"])
        screening.state = Screening.State.ENDED
        screening.version += 1
        screening.save(update_fields=["state", "version"])
        record(
            act="screening.ended",
            actor=actor,
            at=at,
            subject_id=subject_id,
            desk_id=screening.desk_id,
            rows=[screening, *sat],
        )
