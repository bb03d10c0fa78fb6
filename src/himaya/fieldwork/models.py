"""Devices in the field, and the records that they bring: codes here, everything else sealed."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from himaya.kernel.access import Actor


class Device(models.Model):
    """A telephone or tablet on which one officer uses the screening card. Ends revoked.

    mark: by which the officer tells it from their others. token_hash: of the secret that only the
    device has, SHA-256. It opens nothing: it says that a record comes from this device.
    """

    class Ended(models.TextChoices):
        OFFICER = "officer", _("Revoked by its officer")
        SUPERVISOR = "supervisor", _("Revoked by the supervisor")
        LEFT = "left", _("Revoked because the officer left")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=4)
    token_hash = models.BinaryField()
    registered_at = models.DateTimeField()
    synced_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=12, choices=Ended, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fieldwork_device_revoked_by_somebody",
                condition=Q(revoked_at__isnull=True, ended="")
                | Q(revoked_at__isnull=False) & ~Q(ended=""),
            ),
        ]
        indexes = [
            models.Index(
                name="fieldwork_devices_in_use",
                fields=["officer"],
                condition=Q(revoked_at__isnull=True),
            ),
        ]


class CardQuerySet(models.QuerySet["Card"]):
    """Records, for an actor."""

    def visible_to(self, actor: Actor) -> Self:
        """Records that were sealed to one of the actor's desks."""
        return self.filter(desk_id__in=actor.desk_ids)


class Card(models.Model):
    """The record of one interview by the screening card, as it came from a device.

    id: drawn by the device, so that the same record sent twice is one. began_at, ended_at: the
    interview, by the device's clock. ahead: by how many seconds that clock was ahead of ours when
    the record arrived; below nothing when behind. interviewed_at: when it began by our clock,
    as far as that can be told. case_id: of the case that took it in.
    Ends taken into a case, or put aside with a reason.
    """

    class State(models.TextChoices):
        ARRIVED = "arrived", _("Waits to be read")
        TAKEN = "taken", _("Taken into a case")
        ASIDE = "aside", _("Put aside")

    class Reason(models.TextChoices):
        NO_SIGNS = "no_signs", _("No signs, and nothing to follow up")
        SAME_PERSON = "same_person", _("Another record is about the same interview")
        PRACTICE = "practice", _("It was practice")
        EMPTY = "empty", _("Nothing was answered, or it cannot be read")

    id = models.UUIDField(primary_key=True, editable=False)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    ahead = models.BigIntegerField()
    interviewed_at = models.DateTimeField()
    arrived_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.ARRIVED)
    settled_at = models.DateTimeField(null=True)
    case_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fieldwork_card_settled_one_way",
                condition=Q(state="arrived", settled_at__isnull=True, case_id=None, reason="")
                | Q(state="taken", settled_at__isnull=False, case_id__isnull=False, reason="")
                | Q(state="aside", settled_at__isnull=False, case_id=None) & ~Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(
                name="fieldwork_cards_waiting",
                fields=["desk", "due_at", "id"],
                condition=Q(state="arrived"),
            ),
            models.Index(name="fieldwork_cards_of_device", fields=["device", "arrived_at"]),
            models.Index(
                name="fieldwork_cards_settled",
                fields=["settled_at"],
                condition=Q(settled_at__isnull=False),
            ),
        ]
