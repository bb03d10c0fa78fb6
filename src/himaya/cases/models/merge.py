"""Two who turned out to be one."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from himaya.cases.models.case import Case
from himaya.cases.models.person import Person


class Merge(models.Model):
    """Two persons turned out to be one; with `kept` and `absorbed`, also two cases. Undone whole.

    own_status, own_child, own_danger, own_kept_from: what the kept case has of its own; while
    another is merged into it, its columns say the safer of both. absorbed_person: null when both
    were known to be one before.
    """

    class Reason(models.TextChoices):
        REPORTED_TWICE = "reported_twice", _("Two reports about the same person and the same time")
        SAME_DOCUMENTS = "same_documents", _("The documents or the name are the same")
        PERSON_SAID = "person_said", _("The person said so")
        OTHER_DESK_SAID = "other_desk_said", _("Another desk knew it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kept = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", null=True)
    absorbed = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", null=True)
    kept_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    absorbed_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True
    )
    reason = models.CharField(max_length=16, choices=Reason)
    own_status = models.CharField(max_length=16, choices=Case.Status, blank=True)
    own_child = models.CharField(max_length=8, choices=Case.Child, blank=True)
    own_danger = models.CharField(max_length=8, choices=Case.Danger, blank=True)
    own_kept_from = ArrayField(models.CharField(max_length=40), default=list)
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_merge_joins_cases_or_persons",
                condition=(
                    Q(kept__isnull=False, absorbed__isnull=False)
                    | Q(kept__isnull=True, absorbed__isnull=True)
                )
                & (
                    Q(kept_person__isnull=False, absorbed_person__isnull=False)
                    | Q(kept_person__isnull=True, absorbed_person__isnull=True)
                )
                & (Q(kept__isnull=False) | Q(kept_person__isnull=False)),
            ),
            models.UniqueConstraint(
                name="cases_one_merge_holds",
                fields=["absorbed"],
                condition=Q(undone_at__isnull=True, absorbed__isnull=False),
            ),
        ]
