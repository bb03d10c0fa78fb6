"""A person's next case."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from himaya.cases.models.case import Case


class FurtherCase(models.Model):
    """A new case of a person who had one before: from which case it was opened, and why."""

    class Reason(models.TextChoices):
        EXPLOITED_AGAIN = "exploited_again", _("The person was exploited again")
        CAME_BACK = "came_back", _("The person came back and asks for help again")
        OTHER_FACTS = "other_facts", _("Other exploitation came to light, apart from the first")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    earlier = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=Reason)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_further_case_is_another", condition=~Q(case=models.F("earlier"))
            ),
        ]
