"""Agencies and their desks."""

import uuid

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Labelled(models.Model):
    """Something with a name in English and in Arabic, taken from the country pack."""

    label_en = models.CharField(max_length=200)
    label_ar = models.CharField(max_length=200)

    class Meta:
        abstract = True

    def label(self) -> str:
        """The name in the reader's language."""
        return self.label_ar if (get_language() or "en").startswith("ar") else self.label_en

    def __str__(self) -> str:
        return self.label()


class Agency(Labelled):
    """An institution of the pathway. kind: type of organisation by HTCDS 2.0, org_Type.

    ended_on: from that day on no page opens to its officers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=40)
    ended_on = models.DateField(null=True)


class Desk(Labelled):
    """A unit of an agency that receives things: reports, referrals, files.

    position: its place in the country pack, in which desks are offered for a choice.
    """

    class Kind(models.TextChoices):
        INTAKE = "INTAKE", _("Intake desk")
        IDENTIFICATION = "IDENTIFICATION", _("Identification team")
        CASEWORK = "CASEWORK", _("Case management")
        SHELTER = "SHELTER", _("Shelter")
        PROSECUTION = "PROSECUTION", _("Prosecution office")
        COMMITTEE = "COMMITTEE", _("Committee secretariat")
        OVERSIGHT = "OVERSIGHT", _("Data protection")
        INDEPENDENT = "INDEPENDENT", _("Independent desk")
        SERVICE = "SERVICE", _("Service without an account here")
        HOTLINE = "HOTLINE", _("Hotline")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=16, choices=Kind)
    position = models.PositiveIntegerField(default=0)
