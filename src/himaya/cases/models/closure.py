"""An ending, by two officers."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from himaya.cases.models.case import Case


class Closure(models.Model):
    """An ending that one officer asks for and another of the desk confirms or refuses."""

    class Why(models.TextChoices):
        STILL_NEEDS_HELP = "still_needs_help", _("The person still needs something from us")
        NOT_TOLD = "not_told", _("The person has not been told, or does not agree")
        OTHER_OUTCOME = "other_outcome", _("The outcome is not the right one")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=24, choices=Case.Outcome)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(null=True)
    why = models.CharField(max_length=20, choices=Why, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_closure_refused_with_reason",
                condition=Q(confirmed__isnull=False, confirmed=False) & ~Q(why="")
                | (Q(confirmed=True) | Q(confirmed__isnull=True)) & Q(why=""),
            ),
            models.CheckConstraint(
                name="cases_closure_by_two", condition=~Q(asked_by=models.F("decided_by"))
            ),
            models.CheckConstraint(
                name="cases_closure_decided_whole",
                condition=Q(
                    decided_by__isnull=True, decided_at__isnull=True, confirmed__isnull=True
                )
                | Q(decided_by__isnull=False, decided_at__isnull=False, confirmed__isnull=False),
            ),
            models.UniqueConstraint(
                name="cases_one_closure_waits",
                fields=["case"],
                condition=Q(decided_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                name="cases_closure_waits",
                fields=["asked_at"],
                condition=Q(decided_at__isnull=True),
            ),
        ]
