"""What one referral adds to this country's figures."""

import uuid

from django.db import models
from django.db.models import Q

from himaya.statistics.models.case_fact import HANDLE_BYTES

CODE = r"^[A-Za-z_]+$"


class ReferralFact(models.Model):
    """The nameless facts of one referral; `pathway.answers.ReferralFacts` says what each means.

    handle: HMAC-SHA256 of the referral's id under the facts key, as of a case's fact. Made and
    replaced by `operations.replace_referral_fact`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    handle = models.BinaryField(unique=True, max_length=HANDLE_BYTES)
    sent_month = models.DateField()
    kind = models.CharField(max_length=8)
    sender_kind = models.CharField(max_length=16)
    receiver_kind = models.CharField(max_length=16)
    priority = models.CharField(max_length=12)
    state = models.CharField(max_length=16)
    escalated = models.BooleanField()
    acknowledged_hours = models.PositiveIntegerField(null=True)
    answered_hours = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="statistics_referral_knows_months_never_days",
                condition=Q(sent_month__day=1),
            ),
            models.CheckConstraint(
                name="statistics_referral_is_coded",
                condition=Q(
                    kind__regex=CODE,
                    sender_kind__regex=CODE,
                    receiver_kind__regex=CODE,
                    priority__in=["emergency", "urgent", "normal"],
                    state__regex=CODE,
                ),
            ),
        ]
