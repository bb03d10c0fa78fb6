"""Screenings, read for an actor."""

from uuid import UUID

from django.db.models import QuerySet

from himaya.identification.models import Answer, Screening
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.packs.loader import current, edition
from himaya.packs.schema import Pack


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


def answers_of(screening: Screening) -> dict[str, str]:
    """Indicator id → answer."""
    return dict(Answer.objects.filter(screening=screening).values_list("indicator", "value"))
