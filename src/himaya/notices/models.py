"""What is to be sent, and where duty officers are reached. Addresses and words stand under seal."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from himaya.kernel.access import Actor


class DutyAddress(models.Model):
    """Where a desk's officer on duty is reached, sealed to the worker's outbox key.

    language: of what is sent there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    desk = models.OneToOneField("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    language = models.CharField(max_length=12)
    set_at = models.DateTimeField()


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    """Messages, for an actor."""

    def visible_to(self, actor: Actor) -> Self:
        """Messages that the actor's desks answer for."""
        return self.filter(desk_id__in=actor.desk_ids)


class Outgoing(models.Model):
    """A message that waits to be sent. Its row goes when it was sent; its id is in its Message-ID.

    sealed: a `letters.Letter` for the worker's outbox key alone. duty: the letter goes to that
    address and has none of its own. desk: who is told when it cannot be sent.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Not sent yet")
        GIVEN_UP = "given_up", _("Could not be sent")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    duty = models.ForeignKey(DutyAddress, on_delete=models.PROTECT, related_name="+", null=True)
    subject_code = models.CharField(max_length=40)
    sealed = models.BinaryField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    made_at = models.DateTimeField()

    unrecorded_columns = ("attempts", "not_before")  # each try changes them
    objects = OutgoingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notices_given_up_after_trying",
                condition=Q(state="waiting") | Q(attempts__gt=0),
            ),
        ]
        indexes = [models.Index(name="notices_outgoing_due", fields=["state", "not_before"])]
