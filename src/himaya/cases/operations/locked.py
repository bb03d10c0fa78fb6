"""One case at a time: whoever changes a case holds its row."""

from uuid import UUID

from himaya.cases.models import Case
from himaya.cases.queries import case_for
from himaya.kernel.access import Actor


def locked(actor: Actor, case_id: UUID) -> Case:
    """A case of the actor's desks, its row locked until the transaction ends. Raises NotKnown."""
    known = case_for(actor, case_id)
    return Case.objects.select_for_update(of=("self",)).get(pk=known.pk)
