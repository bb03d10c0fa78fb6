"""The national committee's meetings: agenda, decisions, and what is due from them.

This is public administration, so nothing here is sealed: titles, places and decisions stand in
plain columns. The forms say so: no person may be named in them.
"""

import uuid
from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from himaya.kernel.access import Actor, Permission

READERS = (Permission.FIGURES_READ, Permission.MEETING_RECORD)


M = TypeVar("M", bound=models.Model)


class CommitteeQuerySet(models.QuerySet[M]):
    """Rows of the committee's record."""

    def visible_to(self, actor: Actor) -> Self:
        """All of them for who reads the figures or keeps the record, else none."""
        return self.all() if any(map(actor.may, READERS)) else self.none()


class MeetingQuerySet(CommitteeQuerySet["Meeting"]):
    """Meetings."""


class AgendaItemQuerySet(CommitteeQuerySet["AgendaItem"]):
    """Items of agendas."""


class DecisionQuerySet(CommitteeQuerySet["Decision"]):
    """Decisions."""


class ActionQuerySet(CommitteeQuerySet["Action"]):
    """Actions."""


class Meeting(models.Model):
    """A meeting of the national committee. Made by `operations.record_meeting`.

    number: as the committee counts, for example 4/2026.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    held_on = models.DateField()
    place = models.CharField(max_length=200)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="oversight_meeting_is_numbered", condition=~Q(number="") & ~Q(place="")
            ),
        ]


class AgendaItem(models.Model):
    """One item of a meeting's agenda. position: 1 is the first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="oversight_agenda_position_once", fields=["meeting", "position"]
            ),
        ]


class Decision(models.Model):
    """What the committee decided in a meeting. Made by `operations.record_decision`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    text = models.TextField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="oversight_decision_number_once", fields=["meeting", "number"]
            ),
        ]


class Action(models.Model):
    """What an agency must do because of a decision. Ends when it is done.

    Made by `operations.record_action`, ended by `operations.finish_action`.
    """

    class State(models.TextChoices):
        DUE = "due", _("Due")
        OVERDUE = "overdue", _("Overdue")
        DONE = "done", _("Done")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [
            # The same form sent twice is one action.
            models.UniqueConstraint(
                name="oversight_action_once", fields=["decision", "agency", "what", "due_on"]
            ),
        ]

    def state(self, today: date) -> "Action.State":
        """Where the action stands on a day, by the country's calendar."""
        if self.done_at is not None:
            return self.State.DONE
        return self.State.OVERDUE if self.due_on < today else self.State.DUE
