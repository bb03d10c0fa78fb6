"""What the report desks of the country did on one day, in numbers, signed."""

import uuid

from django.db import models


class DeskDigest(models.Model):
    """The signed digest of one day: all desks together, small numbers not shown.

    note: a signed note as the ledger's heads are (`digests.read`). Made once a day, never changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    day = models.DateField(unique=True)
    note = models.TextField()
