"""What was decided on a screening."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from himaya.cases.models.case import Case


class StatusDecision(models.Model):
    """Presumed, or not: decided on a screening, with reasons as codes beside sealed words."""

    class Reason(models.TextChoices):
        ADVICE = "advice", _("The screening points to it")
        STATEMENT = "statement", _("The person's own account")
        INJURY = "injury", _("Injuries or health")
        DOCUMENTS = "documents", _("Papers, messages or wages records")
        SITUATION = "situation", _("What was seen where the person worked or lived")
        OTHER_BODY = "other_body", _("Another body's findings")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    screening = models.ForeignKey(
        "identification.Screening", on_delete=models.PROTECT, related_name="+"
    )
    presumed = models.BooleanField()
    reasons = ArrayField(models.CharField(max_length=16, choices=Reason))
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="cases_one_decision_a_screening", fields=["screening"]),
            models.CheckConstraint(
                name="cases_decision_has_reasons", condition=Q(reasons__len__gt=0)
            ),
        ]
