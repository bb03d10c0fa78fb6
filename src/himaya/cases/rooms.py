"""A part of a case's file, made when the first thing is put into it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Model

from himaya.cases.models import Case
from himaya.vault import queries as vault
from himaya.vault.models import Compartment, Grant
from himaya.vault.seal import open_circle


@dataclass(frozen=True, slots=True)
class Room:
    """A compartment of a case. made: its rows when it is new, for the caller's record."""

    compartment: Compartment
    made: list[Model] = field(default_factory=list)


def room_of(case: Case, kind: Compartment.Kind, at: datetime) -> Room:
    """The case's compartment of this kind. The caller holds the case, so that one makes it."""
    existing = vault.compartments_of(case.id).filter(kind=kind).first()
    if existing is not None:
        return Room(existing)
    return _made(case, kind, at)


def room_of_desk(case: Case, kind: Compartment.Kind, at: datetime) -> Room:
    """What of this kind the leading desk keeps of the case for itself alone.

    A desk that led the case before has its own, and neither opens the other's.
    """
    held = Grant.objects.filter(desk_id=case.desk_id, dormant=False).values("compartment_id")
    own = vault.compartments_of(case.id).filter(kind=kind, id__in=held, shredded_at=None).first()
    return Room(own) if own is not None else _made(case, kind, at)


def _made(case: Case, kind: Compartment.Kind, at: datetime) -> Room:
    readers = vault.readers([case.desk_id], Grant.Reason.CASE)
    circle = open_circle(kind=kind, subject_id=case.id, readers=readers, at=at)
    return Room(circle.compartment, [circle.compartment, circle.epoch, *circle.grants])


def room_for_screening(case: Case) -> list[Model]:
    """The compartment of the interview, for the desk that leads and the one that identifies."""
    circle = open_circle(
        kind=Compartment.Kind.SCREENING,
        subject_id=case.id,
        readers=vault.readers({case.desk_id, case.identification_desk_id}, Grant.Reason.CASE),
        at=case.opened_at,
    )
    return [circle.compartment, circle.epoch, *circle.grants]
