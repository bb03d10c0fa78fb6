"""A finished screening goes onto paper."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.identification.models import Screening, Sitting
from himaya.identification.operations.trace import trace
from himaya.identification.queries import answers_of, screening_for, sittings_of
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands on the form: codes, and nothing that is sealed."""

    screening: Screening
    answers: dict[str, str]
    sittings: list[Sitting]


@transaction.atomic
def print_form(*, actor: Actor, screening_id: UUID, at: datetime) -> Printed:
    """What is printed of a screening, on record because paper goes where no permission follows.

    Raises NotPermitted, or NotKnown for a screening that is not finished.
    """
    actor.need(Permission.PERSON_SCREEN)
    screening = screening_for(actor, screening_id)
    if screening.state != Screening.State.TAKEN:
        raise NotKnown(screening=screening.pk)
    facts = {"screening": str(screening.pk)}
    trace("screening.printed", screening, [], actor=actor, at=at, facts=facts)
    return Printed(screening, answers_of(screening), sittings_of(screening))
