"""Deadlines, read for an actor."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from himaya.clocks.models import Deadline, Pause
from himaya.kernel.access import Actor

# Nobody is left to be told: the last level of every chain tells the committee.
TOLD_ALL = Q(kind=Deadline.Kind.DUTY, level__gt=0, paused_since=None, calls_at=None)
MOST = 1000  # that are counted for a line of a list; beyond, it says "more than"


def running_of(case_id: UUID) -> QuerySet[Deadline]:
    """The deadlines of a case that have not ended, the soonest first.

    As far as the actor's desks see the tracks that they belong to.
    """
    found = Deadline.objects.running().filter(case_id=case_id)
    return found.select_related("desk").order_by("due_at", "id")


def lasting_of(case_id: UUID) -> QuerySet[Pause]:
    """What stops clocks of a case now, the longest first."""
    return Pause.objects.filter(case_id=case_id, until=None).order_by("since")


@dataclass(frozen=True, slots=True)
class ForDay:
    """What an officer's day says of deadlines: how many are overdue, and since when the oldest."""

    overdue: int
    since: datetime

    @property
    def more(self) -> bool:
        """True when there are more than were counted."""
        return self.overdue >= MOST


def for_day(actor: Actor, at: datetime) -> ForDay | None:
    """The overdue deadlines that the actor's desks answer for; None when nothing is overdue."""
    late = Deadline.objects.visible_to(actor).overdue(at).order_by("due_at")
    found = list(late.values_list("due_at", flat=True)[:MOST])
    return ForDay(len(found), found[0]) if found else None


@dataclass(frozen=True, slots=True)
class OfDesk:
    """Deadlines of a desk in numbers: duties that run, those overdue, those told to everybody."""

    desk_id: UUID
    running: int
    overdue: int
    escalated: int


def by_desk(actor: Actor, at: datetime) -> list[OfDesk]:
    """How the deadlines of the actor's own desks stand, in numbers."""
    duties = Deadline.objects.running().visible_to(actor).filter(kind=Deadline.Kind.DUTY)
    late = Q(due_at__lt=at, paused_since=None)
    found = duties.values("desk_id").annotate(
        running=Count("id"),
        overdue=Count("id", filter=late),
        escalated=Count("id", filter=TOLD_ALL),
    )
    return [OfDesk(**numbers) for numbers in found]


def of_every_desk() -> list[OfDesk]:
    """The same of every desk, for whoever reads figures; nothing for anybody else.

    Numbers only: no line of another desk leaves the database.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT desk, running, overdue, escalated FROM clocks_by_desk()")
        return [OfDesk(*numbers) for numbers in cursor.fetchall()]
