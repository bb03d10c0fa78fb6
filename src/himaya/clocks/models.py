"""Deadlines of cases, what stops them, and who was told that they pass. Codes and moments only."""

import uuid
from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from himaya.kernel.access import Actor


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """Deadlines, for an actor."""

    def visible_to(self, actor: Actor) -> Self:
        """Deadlines that the actor's desks answer for."""
        return self.filter(desk_id__in=actor.desk_ids)

    def running(self) -> Self:
        """Deadlines that have not ended, also those that stand still."""
        return self.filter(ended_at=None)

    def overdue(self, at: datetime) -> Self:
        """Duties whose moment has passed; what stands still is not late."""
        late = self.running().filter(kind=Deadline.Kind.DUTY, paused_since=None)
        return late.filter(due_at__lt=at)


class Deadline(models.Model):
    """Until when a step must be taken from where a track of a case stands.

    Started by entering a state of the pathway, never by hand. Ends when the track moves on: met
    when one of `steps` was taken, otherwise without; nobody takes it off the list in another way.

    case_id, pseudonym: of the case, which lies above. desk: which answers for it; lead: which leads
    the case. pack: the edition
    whose rule it is. rule: `setting:…`, `limit:…` or `amount`, by which the pack names it. pauses:
    reasons that stop it. first_due_at: as counted without pauses; due_at: with them. paused_since:
    null while it runs. level: how many levels of escalation have been taken; calls_at: when the
    next is, or for what is no duty when it happens or lapses; null for none.
    """

    class Kind(models.TextChoices):
        DUTY = "duty", _("Something that must be done")
        CHANCE = "chance", _("Something that may be done until then")
        BY_ITSELF = "by_itself", _("Something that happens by itself then")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_id = models.UUIDField()
    pseudonym = models.CharField(max_length=12)
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    track = models.CharField(max_length=40)
    state = models.CharField(max_length=40)
    steps = ArrayField(models.CharField(max_length=40))
    kind = models.CharField(max_length=10, choices=Kind)
    pack = models.CharField(max_length=40)
    rule = models.CharField(max_length=60)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=16)
    pauses = ArrayField(models.CharField(max_length=40), default=list)
    started_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_since = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    calls_at = models.DateTimeField(null=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clocks_deadline_lies_ahead",
                condition=Q(first_due_at__gte=F("started_at"), due_at__gte=F("first_due_at")),
            ),
            models.CheckConstraint(
                name="clocks_deadline_met_as_it_ends",
                condition=Q(met_at=None) | Q(met_at=F("ended_at")),
            ),
            models.CheckConstraint(
                name="clocks_deadline_ended_calls_nobody",
                condition=Q(ended_at=None) | Q(calls_at=None),
            ),
            models.CheckConstraint(name="clocks_deadline_has_steps", condition=Q(steps__len__gt=0)),
            models.UniqueConstraint(
                name="clocks_one_deadline_a_rule",
                fields=["case_id", "track", "state", "rule", "started_at", "kind"],
                condition=Q(ended_at=None),
            ),
        ]
        indexes = [
            models.Index(
                name="clocks_deadline_list",
                fields=["desk", "due_at", "id"],
                condition=Q(ended_at=None),
            ),
            models.Index(  # what others answer for in the cases that a desk leads
                name="clocks_deadline_lead",
                fields=["lead", "due_at", "id"],
                condition=Q(ended_at=None) & ~Q(desk=F("lead")),
            ),
            models.Index(name="clocks_deadline_case", fields=["case_id"]),
            models.Index(
                name="clocks_deadline_calls",
                fields=["calls_at"],
                condition=Q(calls_at__isnull=False),
            ),
        ]


class Pause(models.Model):
    """A time in which the clocks of a case that name its reason stand still.

    track: whose state stopped them; empty when an officer did. until: null while it lasts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_id = models.UUIDField()
    reason = models.CharField(max_length=40)
    track = models.CharField(max_length=40, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clocks_pause_ends_after_it_began",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                name="clocks_one_pause_a_reason",
                fields=["case_id", "reason", "track"],
                condition=Q(until=None),
            ),
        ]
        indexes = [models.Index(name="clocks_pause_case", fields=["case_id"])]


class Call(models.Model):
    """That a level of escalation was taken for a deadline: once, whatever happens to the worker.

    told: codes of the pack for whom it told, as `TELLS` has them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=40)
    told = ArrayField(models.CharField(max_length=40))
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="clocks_each_level_once", fields=["deadline", "level"]),
        ]
