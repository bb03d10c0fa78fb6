"""What must be kept, what was destroyed, and what will be. Numbers, kinds and dates; no name."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Of(models.TextChoices):
    """What a hold or an erasure is about."""

    REPORT = "report", _("A report")
    CASE = "case", _("A case")


class Hold(models.Model):
    """An order to keep everything of a report or a case. Nothing of it is shredded while it stands.

    words: the compartment with the reference of the order. confirm_by: when somebody must say that
    it is still needed; it stands on, confirmed or not. Ends lifted, by two persons of two bodies.
    """

    class Reason(models.TextChoices):
        COURT_ORDER = "court_order", _("A court orders it")
        PROSECUTION = "prosecution", _("The prosecution asks for it")
        CLAIM = "claim", _("The person claims compensation or wages")
        COMPLAINT = "complaint", _("A complaint about our own work is being looked into")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    of = models.CharField(max_length=8, choices=Of)
    subject_id = models.UUIDField(db_index=True)
    number = models.CharField(max_length=40)
    reason = models.CharField(max_length=16, choices=Reason)
    words = models.ForeignKey("vault.Compartment", on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField()
    confirm_by = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="retention_hold_in_order",
                condition=Q(confirmed_at__gte=F("placed_at"), confirm_by__gt=F("confirmed_at"))
                & (Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("placed_at"))),
            ),
        ]


class Erasure(models.Model):
    """What a person told is destroyed because they asked for it. Two persons have agreed.

    Ends done: the worker has shredded it, and the last backup with it ends on `backups_until`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    of = models.CharField(max_length=8, choices=Of)
    subject_id = models.UUIDField(unique=True)
    ordered_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    backups_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="retention_erasure_done_whole",
                condition=Q(done_at__isnull=True, backups_until__isnull=True)
                | Q(done_at__isnull=False, backups_until__isnull=False),
            ),
        ]


class Review(models.Model):
    """Somebody looked at what a rule would end: it is kept until then, or destroyed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_id = models.UUIDField(db_index=True)
    rule = models.CharField(max_length=40)
    keep_until = models.DateTimeField(null=True)
    decided_at = models.DateTimeField()


class Tombstone(models.Model):
    """A part that was destroyed. Its line in the file outside the database outlives every backup.

    target_id: the compartment; of a conversation its report. record, kind and rule: as the pack
    names them; empty when a restore replayed it from the file. mac: over what stands in the file.
    """

    class What(models.TextChoices):
        COMPARTMENT = "compartment", _("A sealed part")
        CONVERSATION = "conversation", _("A reporter's number and messages")

    class Cause(models.TextChoices):
        TIME = "time", _("Its time was over")
        REVIEW = "review", _("Somebody looked and let it go")
        REQUEST = "request", _("The person asked for it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    what = models.CharField(max_length=12, choices=What)
    target_id = models.UUIDField()
    subject_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=16, blank=True)
    cause = models.CharField(max_length=8, choices=Cause)
    rule = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    backups_until = models.DateField()
    mac = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="retention_destroyed_once", fields=["what", "target_id"]),
        ]
        indexes = [models.Index(name="retention_by_moment", fields=["at"])]


class Forecast(models.Model):
    """What falls due soon, as the worker last saw it: for the pages of those who see no case.

    waits_for: why it is not destroyed although its time is over; empty when it will be.
    """

    class WaitsFor(models.TextChoices):
        NOTHING = "", _("It is destroyed when its time is over")
        HOLD = "hold", _("A legal hold stands")
        PROCEEDINGS = "proceedings", _("Proceedings run before the prosecution or a court")
        REVIEW = "review", _("Somebody must look at it first")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_id = models.UUIDField()
    rule = models.CharField(max_length=40)
    parts = models.PositiveIntegerField()
    due_on = models.DateField()
    waits_for = models.CharField(max_length=12, choices=WaitsFor, blank=True)

    unrecorded = "worked out anew every hour from tables that are recorded"
