"""Writes to what the doors keep for themselves."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from himaya.doors.errors import Replayed
from himaya.doors.models import Seen
from himaya.kernel.access import Actor


@transaction.atomic
def see(*, actor: Actor, seen_id: UUID, until: datetime, at: datetime) -> None:
    """Remember a signed request, in the caller's transaction: what is undone may come again.

    Raises Replayed when it was seen before. Two copies at once: the second waits for the first.
    """
    try:
        with transaction.atomic():
            Seen(id=seen_id, until=until).save(force_insert=True)
    except IntegrityError as error:
        raise Replayed from error


@transaction.atomic
def forget_seen(*, actor: Actor, at: datetime) -> int:
    """Forget requests of which a copy would be refused for its age; how many."""
    gone, _by_table = Seen.objects.filter(until__lte=at).delete()
    return gone
