"""One case at a time: whoever changes a case has its turn, and holds its row."""

from collections.abc import Collection
from uuid import UUID

from himaya.cases.models import Case
from himaya.cases.queries import case_for
from himaya.cases.turns import take_turns
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown


def locked(actor: Actor, case_id: UUID) -> Case:
    """A case of the actor's desks, its row locked until the transaction ends. Raises NotKnown."""
    known = case_for(actor, case_id)
    take_turns([known.pk])
    return Case.objects.select_for_update(of=("self",), no_key=True).get(pk=known.pk)


def locked_all(actor: Actor, case_ids: Collection[UUID]) -> list[Case]:
    """Several cases, locked in one order for all. Raises NotKnown when one is not the actor's."""
    wanted = set(case_ids)
    take_turns(wanted)
    known = Case.objects.live().visible_to(actor).filter(pk__in=wanted).order_by("pk")
    found = list(known.select_for_update(of=("self",), no_key=True))
    if len(found) != len(wanted):
        raise NotKnown(cases=len(wanted) - len(found))
    return found
