"""One occasion at a time: whoever changes one holds its row."""

from uuid import UUID

from himaya.kernel.access import Actor
from himaya.occasions.models import Occasion
from himaya.occasions.queries import occasion_for


def held(actor: Actor, occasion_id: UUID) -> Occasion:
    """An occasion of the actor's desks, its row locked until the transaction ends."""
    known = occasion_for(actor, occasion_id)
    return Occasion.objects.select_for_update(of=("self",)).get(pk=known.pk)
