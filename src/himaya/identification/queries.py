"""Screenings, read for an actor."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from himaya.identification.models import Answer, Screening, Sitting
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.packs.loader import current, edition
from himaya.packs.schema import Pack


@dataclass(frozen=True, slots=True)
class Known:
    """What somebody answered before, and when."""

    value: str
    at: datetime


def screening_for(actor: Actor, screening_id: UUID) -> Screening:
    """A screening of the actor's desks. Raises NotKnown for any other."""
    found = Screening.objects.visible_to(actor).filter(id=screening_id).first()
    if found is None:
        raise NotKnown(screening=screening_id)
    return found


def waiting_for(actor: Actor) -> list[Screening]:
    """Screenings that the actor's desks still have to make, the earliest due first."""
    waiting = Screening.objects.visible_to(actor).filter(state=Screening.State.ASKED)
    return list(waiting.order_by("due_at"))


def taken_of(subject_id: UUID) -> QuerySet[Screening]:
    """The finished screenings of a case."""
    return Screening.objects.filter(subject_id=subject_id, state=Screening.State.TAKEN)


def latest_of(subject_id: UUID) -> Screening | None:
    """The last finished screening of a case, if there is one."""
    return taken_of(subject_id).order_by("taken_at").last()


def pack_of_screening(screening: Screening) -> Pack:
    """The edition whose instruments a screening uses: that by which its case goes."""
    return edition(screening.pack) if screening.pack else current()


def pack_begun_with(screening: Screening) -> Pack:
    """The edition with which the interview began, though its case may go by another now."""
    return edition(screening.begun_with) if screening.begun_with else pack_of_screening(screening)


def answers_of(screening: Screening) -> dict[str, str]:
    """Indicator id → answer."""
    return dict(Answer.objects.filter(screening=screening).values_list("indicator", "value"))


def known_of(screening: Screening) -> dict[str, Known]:
    """What earlier screenings of the case found: indicator id → the newest answer, and when.

    Only what was answered, so that nobody is asked it twice.
    """
    earlier = taken_of(screening.subject_id).exclude(pk=screening.pk)
    given = Answer.objects.filter(screening__in=earlier, value__in=("yes", "no"))
    rows = given.order_by("screening__taken_at").values_list(
        "indicator", "value", "screening__taken_at"
    )
    return {indicator: Known(value, at) for indicator, value, at in rows if at is not None}


def sittings_of(screening: Screening) -> list[Sitting]:
    """How often somebody sat with the person for this screening, the first first."""
    return list(Sitting.objects.filter(screening=screening).order_by("began_at"))


def open_sitting_of(screening: Screening) -> Sitting | None:
    """The sitting that is under way, if one is."""
    return Sitting.objects.filter(screening=screening, ended_at=None).first()


def carried_of(screening: Screening) -> dict[str, datetime]:
    """Signs whose answer an earlier screening found → when it did."""
    kept = Answer.objects.filter(screening=screening, carried=True)
    signs = set(kept.values_list("indicator", flat=True))
    if not signs:
        return {}
    return {sign: known.at for sign, known in known_of(screening).items() if sign in signs}
