"""Where a case stands on the pathway, and how it came there."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from himaya.cases.models.case import Case


class TrackState(models.Model):
    """Where one track of a case's pathway stands. step: the one taken last, empty at the start."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    track = models.CharField(max_length=40)
    state = models.CharField(max_length=40)
    since = models.DateTimeField()
    step = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="cases_one_state_a_track", fields=["case", "track"]),
        ]


class Move(models.Model):
    """One step that was taken on a track: by which officer of which agency, null for a job of ours.

    Never changed. Asked where a second person, or a second body, must act. decides: whether the
    step decided about the person's status, for the first time or again; empty when it did not.
    """

    class Decides(models.TextChoices):
        FIRST = "first", _("Decided")
        AGAIN = "again", _("Decided again")

    unrecorded = "the act that takes a step holds the row of its track, with this step in it"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    track = models.CharField(max_length=40)
    step = models.CharField(max_length=40)
    officer = models.UUIDField(null=True)
    agency = models.UUIDField(null=True)
    decides = models.CharField(max_length=8, choices=Decides, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="cases_move_track", fields=["case", "track", "at"])]
