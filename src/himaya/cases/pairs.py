"""Two cases at a time: whoever joins or links them holds both rows."""

from uuid import UUID

from himaya.cases.models import Case
from himaya.cases.queries import case_for
from himaya.cases.turns import take_turns
from himaya.kernel.access import Actor


def locked_pair(actor: Actor, kept_id: UUID, absorbed_id: UUID) -> tuple[Case, Case]:
    """Two cases of the actor's desks, locked in one order for all. Raises NotKnown."""
    for case_id in (kept_id, absorbed_id):
        case_for(actor, case_id)
    take_turns([kept_id, absorbed_id])
    both = Case.objects.filter(pk__in=[kept_id, absorbed_id]).order_by("pk")
    found = {case.pk: case for case in both.select_for_update(of=("self",), no_key=True)}
    return found[kept_id], found[absorbed_id]
