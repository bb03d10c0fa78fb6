"""Coded facts that travel with a referral."""

import uuid

from django.db import models

from himaya.referrals.models.referral import Referral


class SentFact(models.Model):
    """A coded fact as it was when the referral was sent; the receiver sees no later change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    fact = models.CharField(max_length=40)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="referrals_fact_once", fields=["referral", "fact"]),
        ]
