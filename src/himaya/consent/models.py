"""Consents: one for each recipient, purpose and set of compartments."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Consent(models.Model):
    """What a person allows: to which desk, for what, which compartments, until when.

    Ends withdrawn, or by its date. Shares live only while it does.
    """

    class Purpose(models.TextChoices):
        SHELTER = "shelter", _("A safe place to stay, and care there")
        HEALTH = "health", _("Medical or psychological care")
        LEGAL_AID = "legal_aid", _("Legal advice")
        PROSECUTION = "prosecution", _("Telling the Public Prosecution")
        OTHER = "other", _("Another service that the person asked for")

    class Method(models.TextChoices):
        SPOKEN = "spoken", _("Said aloud, witnessed by the case worker")
        SIGNED = "signed", _("Signed on paper")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=16, choices=Purpose)
    kinds = ArrayField(models.CharField(max_length=16))
    language = models.CharField(max_length=12)
    interpreter = models.BooleanField()
    method = models.CharField(max_length=8, choices=Method)
    given_at = models.DateTimeField()
    until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consent_ends_after_start", condition=Q(until__gt=F("given_at"))
            ),
            models.CheckConstraint(name="consent_names_something", condition=Q(kinds__len__gt=0)),
        ]
        indexes = [models.Index(name="consent_by_case", fields=["case", "recipient"])]
