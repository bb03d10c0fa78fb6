"""What invented people said, sealed as any word is: for the desk that leads their case."""

from collections.abc import Callable, Sequence
from datetime import datetime
from random import Random

from django.db import transaction
from django.db.models import Model

from himaya.audit.record import record
from himaya.cases.models import Case
from himaya.cases.rooms import room_of
from himaya.installation.simulation.numbers import ids_of
from himaya.kernel.access import job
from himaya.vault import queries as vault
from himaya.vault.models import Compartment
from himaya.vault.seal import seal

AT_ONCE = 20
WRITTEN = "simulation.sealed"
WANTED = (
    "Somewhere to sleep where nobody from the employer's house can come.",
    "A doctor who is a woman, and a telephone to call home.",
    "The wages of eight months, and the passport.",
    "Company to the police station, and an interpreter who is no neighbour.",
)


def seal_some(
    prefix: str, number: int, *, chance: Random, at: datetime, progress: Callable[[int], None]
) -> int:
    """Seal a name and a need into each of the cases opened last; returns how many cases.

    prefix: of the simulation. A million would take hours and teach nothing.
    """
    found = Case.objects.filter(id__range=ids_of(prefix))
    cases = list(found.order_by("-opened_at", "-id")[:number])
    for first in range(0, len(cases), AT_ONCE):
        _seal_into(cases[first : first + AT_ONCE], chance, at)
        progress(min(first + AT_ONCE, len(cases)))
    return len(cases)


@transaction.atomic
def _seal_into(cases: Sequence[Case], chance: Random, at: datetime) -> None:
    rows: list[Model] = []
    for case in cases:
        said = {
            Compartment.Kind.IDENTITY: ("name", f"Invented Person {chance.randrange(10**6):06}"),
            Compartment.Kind.NEEDS: ("note", chance.choice(WANTED)),
        }
        for kind, (name, words) in said.items():
            room = room_of(case, kind, at)
            epoch = vault.key_of_compartment(room.compartment)
            rows += [*room.made, seal(epoch=epoch, name=name, content=words.encode(), at=at)]
    record(act=WRITTEN, actor=job("simulation"), at=at, facts={"cases": len(cases)}, rows=rows)
