"""One inquiry at a time: whoever changes one holds its row."""

from uuid import UUID

from himaya.inquiries.models import Inquiry
from himaya.inquiries.queries import inquiry_for
from himaya.kernel.access import Actor


def held(actor: Actor, inquiry_id: UUID) -> Inquiry:
    """An inquiry of the actor's desks, its row locked until the transaction ends."""
    known = inquiry_for(actor, inquiry_id)
    return Inquiry.objects.select_for_update(of=("self",)).get(pk=known.pk)
