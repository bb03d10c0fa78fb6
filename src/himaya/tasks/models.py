"""What is asked of a desk about one of its cases, and what an officer has put aside."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from himaya.kernel.access import Actor


class AsideQuerySet(models.QuerySet["Aside"]):
    """Lines that were put aside, for the officer who did."""

    def lasting(self, actor: Actor, at: datetime) -> Self:
        """What this officer has put aside and what has not come back yet."""
        return self.filter(officer_id=actor.officer_id, until__gt=at, back_at=None)


class Aside(models.Model):
    """An officer put a line of their own day aside; it comes back by itself, or when they say so.

    kind, line: which line. Nobody else's day changes by it.
    """

    class Reason(models.TextChoices):
        WAITS_FOR_PERSON = "waits_for_person", _("The person asked for time")
        WAITS_FOR_DESK = "waits_for_desk", _("Another desk must do something first")
        WAITS_FOR_PAPER = "waits_for_paper", _("A paper or a result is still to come")
        WAITS_FOR_DAY = "waits_for_day", _("It is arranged for a later day")
        COLLEAGUE = "colleague", _("A colleague sees to it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=16)
    line = models.UUIDField()
    reason = models.CharField(max_length=20, choices=Reason)
    put_at = models.DateTimeField()
    until = models.DateTimeField()
    back_at = models.DateTimeField(null=True)

    objects = AsideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tasks_aside_ends_later", condition=Q(until__gt=F("put_at"))
            ),
            models.UniqueConstraint(
                name="tasks_aside_once",
                fields=["officer", "kind", "line"],
                condition=Q(back_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                name="tasks_aside_lasting",
                fields=["officer", "until"],
                condition=Q(back_at__isnull=True),
            ),
        ]


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks, for an actor."""

    def visible_to(self, actor: Actor) -> Self:
        """Tasks of the actor's desks."""
        return self.filter(desk_id__in=actor.desk_ids)

    def open(self) -> Self:
        """Tasks that wait."""
        return self.filter(state=Task.State.OPEN)


class Task(models.Model):
    """Something to do about a case, for one officer of a desk that may see it, or anybody there.

    officer: null while nobody has it. said: more about it lies sealed, to this desk alone. Ends
    done, or dropped with a reason. version: counts changes, so that of two officers who change it
    at once the second is told.
    """

    class Kind(models.TextChoices):
        CONTACT = "contact", _("Speak with the person")
        ACCOMPANY = "accompany", _("Go with the person")
        PAPERS = "papers", _("Get papers or copies")
        SERVICE = "service", _("Find a service")
        REVIEW_PLAN = "review_plan", _("Look at the plan again")
        CONSENT = "consent", _("Ask for consent again")
        COURT_DATE = "court_date", _("Prepare a date in court")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("To do")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    class Dropped(models.TextChoices):
        NOT_NEEDED = "not_needed", _("It is no longer needed")
        PERSON_REFUSED = "person_refused", _("The person does not want it")
        NOT_POSSIBLE = "not_possible", _("It cannot be done")
        ELSEWHERE = "elsewhere", _("Somebody else does it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    pseudonym = models.CharField(max_length=12)
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    kind = models.CharField(max_length=16, choices=Kind)
    said = models.BooleanField(default=False)
    until = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    why_dropped = models.CharField(max_length=16, choices=Dropped, blank=True)
    given_by = models.UUIDField(null=True)
    given_at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tasks_ended_with_moment",
                condition=Q(state="open", ended_at=None)
                | ~Q(state="open") & Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="tasks_dropped_with_reason",
                condition=Q(state="dropped") & ~Q(why_dropped="")
                | ~Q(state="dropped") & Q(why_dropped=""),
            ),
        ]
        indexes = [
            models.Index(
                name="tasks_of_desk", fields=["desk", "until", "id"], condition=Q(state="open")
            ),
            models.Index(name="tasks_of_case", fields=["case", "until"]),
        ]
