"""How a body without an account answers."""

import uuid

from django.db import models
from django.db.models import F, Q

from himaya.referrals.models.referral import Referral


class ReplyCode(models.Model):
    """A code on paper by which one body answers one referral, once yes or no and once how it ended.

    code_hash: SHA-256 of the code, which is nowhere else but on the paper. expires_at: at once,
    when a further paper takes this one's place.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    code_hash = models.BinaryField(unique=True, max_length=32)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referrals_code_expires_after_it_was_made",
                condition=Q(expires_at__gte=F("made_at")),
            ),
        ]
        indexes = [models.Index(name="referrals_code_of", fields=["referral", "expires_at"])]
