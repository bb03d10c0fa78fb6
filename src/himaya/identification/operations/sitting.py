"""Sitting with a person: beginning, keeping what was said so far, a break, stopping."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.identification.ages import Age
from himaya.identification.errors import NotBegun
from himaya.identification.manner import (
    ARRANGED,
    Manner,
    arrange,
    begun,
    check_beside,
    check_manner,
)
from himaya.identification.models import Screening, Sitting
from himaya.identification.operations.trace import answered, carried, locked, sealed, trace
from himaya.identification.queries import known_of, open_sitting_of
from himaya.identification.rules import check_may_hear
from himaya.identification.sets import Sets, choose, grow_older, is_child
from himaya.kernel.access import Actor


@transaction.atomic
def begin(
    *,
    actor: Actor,
    screening_id: UUID,
    version: int,
    manner: Manner,
    sets: Sets,
    age: Age | None,
    at: datetime,
) -> Screening:
    """Sit down with the person; or, while one sits already, arrange it anew.

    What an earlier screening of the case found is put in as asked. age: None keeps what was
    recorded. The interpreter's name and the age are sealed.
    Raises NotKnown, NotCertified, AlreadyScreened, Stale, NotPrivate, NotInformed,
    InterpreterNotFit, WishNotMet, NotCertifiedForChildren, ChildAlone, InstrumentNotInForce or
    NotForThisAge; then nothing has changed.
    """
    screening = locked(actor, screening_id, version)
    check_manner(manner)
    grow_older(screening, age)
    check_may_hear(actor, screening, child=is_child(screening))
    check_beside(manner.company, manner.no_tie, child=is_child(screening))
    choose(screening, sets, at=at)
    screening.informed = True
    screening.version += 1
    screening.save()
    sat = _arranged(actor, screening, manner, at)
    known = {sign: each.value for sign, each in known_of(screening).items()}
    kept = carried(screening, known, [sign.id for sign in sets.signs])
    words = {"interpreter": manner.name, "age": age.said if age else ""}
    rows = [screening, *sat, *kept, *sealed(screening, words, at)]
    trace("screening.begun", screening, rows, actor=actor, at=at)
    return screening


@transaction.atomic
def keep(
    *,
    actor: Actor,
    screening_id: UUID,
    version: int,
    answers: Mapping[str, str],
    words: str,
    at: datetime,
    pause: bool = False,
) -> Screening:
    """Keep what was answered so far, and seal what was said; nothing has to be complete.

    pause: the person takes a break. Raises as `begin` does, and NotBegun.
    """
    screening, sitting = _under_way(actor, screening_id, version)
    changed = answered(screening, answers)
    said = sealed(screening, {"interview": words}, at)
    if pause:
        sitting.breaks += 1
        sitting.save(update_fields=["breaks"])
    screening.version += 1
    screening.save(update_fields=["version"])
    rows = [screening, *([sitting] if pause else []), *changed, *said]
    trace("screening.kept", screening, rows, actor=actor, at=at)
    return screening


@transaction.atomic
def stop(
    *,
    actor: Actor,
    screening_id: UUID,
    version: int,
    why: Sitting.Ended,
    words: str,
    at: datetime,
) -> Screening:
    """Stop the interview: the sitting is over, what was answered waits, nobody loses help.

    Raises as `keep` does.
    """
    screening, sitting = _under_way(actor, screening_id, version)
    sitting.ended_at, sitting.ended = at, why
    sitting.save(update_fields=["ended_at", "ended"])
    said = sealed(screening, {"interview": words}, at)
    screening.version += 1
    screening.save(update_fields=["version"])
    rows = [screening, sitting, *said]
    trace("screening.stopped", screening, rows, actor=actor, at=at, facts={"why": why.value})
    return screening


def _under_way(actor: Actor, screening_id: UUID, version: int) -> tuple[Screening, Sitting]:
    """The screening and its sitting. Who began may go on; a colleague must be trained for it."""
    screening = locked(actor, screening_id, version)
    sitting = open_sitting_of(screening)
    if sitting is None:
        raise NotBegun(screening=screening.pk)
    if sitting.officer_id != actor.officer_id:
        check_may_hear(actor, screening, child=is_child(screening))
    return screening, sitting


def _arranged(actor: Actor, screening: Screening, manner: Manner, at: datetime) -> list[Sitting]:
    """The sitting as it is arranged now. Whoever takes over from a colleague begins another."""
    sitting = open_sitting_of(screening)
    before: list[Sitting] = []
    if sitting is not None and sitting.officer_id != actor.officer_id:
        sitting.ended_at, sitting.ended = at, Sitting.Ended.HANDED_OVER
        sitting.save(update_fields=["ended_at", "ended"])
        before.append(sitting)
        sitting = None
    if sitting is None:
        sitting = begun(actor, screening, manner, at)
        sitting.save(force_insert=True)
    else:
        arrange(sitting, manner)
        sitting.save(update_fields=[*ARRANGED, "with_child"])
    return [*before, sitting]
