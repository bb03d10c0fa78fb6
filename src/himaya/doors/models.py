"""What the doors keep: partners and their keys as digests, and requests that were seen."""

import uuid

from django.db import models
from django.db.models import F, Q


class Partner(models.Model):
    """An organisation, or an embassy, whose own system hands reports over.

    name: of the organisation, never of a person. Ends when its last key is revoked; the row stays,
    so that nobody is given its name again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80, unique=True)
    made_at = models.DateTimeField()


class PartnerKey(models.Model):
    """A key that a partner shows with each report. digest: keyed, so that the table opens nothing.

    Two may be in force at once while a partner goes from one to the next. Ends by time, or revoked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="doors_key_ends_after_it_begins", condition=Q(expires_at__gt=F("made_at"))
            ),
        ]
        indexes = [models.Index(name="doors_key_of", fields=["partner", "made_at"])]


class Seen(models.Model):
    """A signed request that was taken, so that a copy of it is not. Gone once a copy is too old.

    id: a keyed digest of the door and of the request's own number.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    until = models.DateTimeField()

    unrecorded = "gone within minutes, and says only that some request was seen"

    class Meta:
        indexes = [models.Index(name="doors_seen_until", fields=["until"])]
