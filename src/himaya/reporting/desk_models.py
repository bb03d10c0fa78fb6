"""What a desk does with several reports at once, and with an answer that needs a second person."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Likeness(models.Model):
    """What one report's words are like, so that a copy is found without any of the words.

    sketch: one byte for each of many keyed minima over the words (`vault.likeness`). compared_at:
    when the worker looked for others like it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.OneToOneField("reporting.Report", on_delete=models.PROTECT, related_name="+")
    sketch = models.BinaryField()
    compared_at = models.DateTimeField(null=True)

    unrecorded = (
        "made again from the words it stands for; what follows from it is in the report's own row"
    )

    class Meta:
        indexes = [
            models.Index(
                name="reporting_likeness_new",
                fields=["id"],
                condition=Q(compared_at__isnull=True),
            ),
        ]


class Join(models.Model):
    """A report is read together with another one, until somebody parts them again.

    Neither changes: each keeps its words, its receipt and its history. state and due_at: where the
    report stood before, and where it stands again when they are parted.
    """

    class Reason(models.TextChoices):
        SAME_EVENT = "same_event", _("Both tell of the same event")
        SAME_REPORTER = "same_writer", _("The same person wrote twice")
        SAME_WORDS = "same_words", _("The words are the same or nearly so")

    class Parting(models.TextChoices):
        OTHER_EVENT = "other_event", _("They tell of different events")
        MISTAKE = "mistake", _("They were joined by mistake")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("reporting.Report", on_delete=models.PROTECT, related_name="+")
    main = models.ForeignKey("reporting.Report", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=Reason)
    state = models.CharField(max_length=8)
    due_at = models.DateTimeField()
    joined_at = models.DateTimeField()
    parted_at = models.DateTimeField(null=True)
    parting = models.CharField(max_length=16, choices=Parting, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(name="reporting_join_of_two", condition=~Q(report=F("main"))),
            models.CheckConstraint(
                name="reporting_parted_whole",
                condition=Q(parted_at__isnull=True, parting="")
                | (Q(parted_at__isnull=False) & ~Q(parting="")),
            ),
            models.UniqueConstraint(
                name="reporting_joined_once",
                fields=["report"],
                condition=Q(parted_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                name="reporting_joined_to", fields=["main"], condition=Q(parted_at__isnull=True)
            ),
        ]


class Recusal(models.Model):
    """A desk gave a report up, because somebody of its own was named in it or may be.

    It keeps no key, and from then on sees nothing of the report, this row included. The desks that
    read the report since see who gave it up and why.
    """

    class Reason(models.TextChoices):
        OWN = "own", _("Somebody of this desk or of its agency is named")
        OTHERS = "others", _("Somebody else is named who could come to read it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("reporting.Report", on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=8, choices=Reason)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="reporting_given_up_by", fields=["desk", "report"])]


class HeldAnswer(models.Model):
    """An answer in which something may tell who or where: it goes when a second person agrees.

    sealed: its words, for the desks that read the report. Ends sent, or refused with its request.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("reporting.Report", on_delete=models.PROTECT, related_name="+")
    sealed = models.ForeignKey("vault.Sealed", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(name="reporting_held_of", fields=["report", "written_at"])]
