"""What one case adds to this country's figures."""

import uuid

from django.db import models
from django.db.models import F, Q

from himaya.statistics.codes import FORM_GROUPS, AgeGroup, Sex, Status

HANDLE_BYTES = 32


class CaseFact(models.Model):
    """The nameless facts of one case; `pathway.facts.CaseFacts` says what each column means.

    handle: HMAC-SHA256 of the case's id under the facts key. It lets a correction replace the
    fact and leads nobody back to the case. Made and replaced by `operations.replace_fact`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    handle = models.BinaryField(unique=True, max_length=HANDLE_BYTES)
    report_month = models.DateField()
    channel = models.CharField(max_length=40)
    age_group = models.CharField(max_length=8, choices=AgeGroup)
    sex = models.CharField(max_length=8, choices=Sex)
    citizenship = models.CharField(max_length=3)
    form = models.CharField(max_length=24)
    status = models.CharField(max_length=12, choices=Status)
    status_month = models.DateField(null=True)
    screened = models.BooleanField()
    referred = models.BooleanField()
    protected = models.BooleanField()
    lawsuit = models.BooleanField()
    solution = models.CharField(max_length=40)
    outcome = models.CharField(max_length=40)
    screening_days = models.PositiveIntegerField(null=True)
    status_days = models.PositiveIntegerField(null=True)
    protection_days = models.PositiveIntegerField(null=True)
    closing_days = models.PositiveIntegerField(null=True)
    earlier_cases = models.BooleanField(default=False)
    smuggled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="statistics_fact_knows_months_never_days",
                condition=Q(report_month__day=1)
                & (Q(status_month__isnull=True) | Q(status_month__day=1)),
            ),
            models.CheckConstraint(
                name="statistics_fact_is_coded",
                condition=Q(
                    age_group__in=AgeGroup.values,
                    sex__in=Sex.values,
                    status__in=Status.values,
                    form__in=list(FORM_GROUPS),
                    citizenship__regex=r"^([A-Z]{3})?$",
                    channel__regex=r"^[A-Za-z0-9_.-]*$",
                    solution__regex=r"^[A-Za-z0-9_.-]*$",
                    outcome__regex=r"^[A-Za-z0-9_.-]*$",
                ),
            ),
            models.CheckConstraint(
                name="statistics_fact_status_month_iff_decided",
                condition=Q(status=Status.NONE, status_month__isnull=True)
                | (~Q(status=Status.NONE) & Q(status_month__gte=F("report_month"))),
            ),
        ]
