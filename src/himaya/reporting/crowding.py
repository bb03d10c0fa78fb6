"""How a desk stands: what nobody has read yet, how old the oldest is, and what stands behind."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from himaya.kernel.access import Actor
from himaya.reporting.models import WAITING, Report


@dataclass(frozen=True, slots=True)
class Crowd:
    """unread: reports that nobody has rated, behind among them. oldest: when the first came.

    oldest_behind: of those that stand behind.
    """

    unread: int
    behind: int
    oldest: datetime | None
    oldest_behind: datetime | None


def crowd_of(actor: Actor) -> Crowd:
    """What nobody has rated at the actor's desks."""
    behind = Q(set_back=True)
    unread = Report.objects.visible_to(actor).filter(WAITING, state=Report.State.RECEIVED)
    found = unread.aggregate(
        unread=Count("pk"),
        behind=Count("pk", filter=behind),
        oldest=Min("received_at"),
        oldest_behind=Min("received_at", filter=behind),
    )
    return Crowd(**found)
