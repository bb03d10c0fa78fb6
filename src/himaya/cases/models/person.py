"""Persons, apart from their cases. No name is here."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Person(models.Model):
    """Somebody who may have several cases: a person can be trafficked again. No name is here.

    merged_into: the oldest record of whom this one turned out to be; follows from the merges that
    hold, and is taken back with them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_person_is_not_merged_into_itself",
                condition=~Q(merged_into=models.F("id")),
            ),
        ]


class PersonLink(models.Model):
    """How two persons belong together. Ended by an act; the row stays.

    kind: what `person` is to `relative`. kept_apart: the relative is involved in what happened, or
    must not learn where the person is.
    """

    class Kind(models.TextChoices):
        PARENT = "parent", _("Parent of")
        CHILD = "child", _("Child of")
        SPOUSE = "spouse", _("Husband or wife of")
        SIBLING = "sibling", _("Brother or sister of")
        GUARDIAN = "guardian", _("Guardian of")
        WARD = "ward", _("Under the guardianship of")
        RELATIVE = "relative", _("Another relative of")

    class Ended(models.TextChoices):
        MISTAKE = "mistake", _("It was a mistake")
        NO_LONGER = "no_longer", _("It is no longer so")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    relative = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    kept_apart = models.BooleanField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=12, choices=Ended, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_link_joins_two", condition=~Q(person=models.F("relative"))
            ),
            models.CheckConstraint(
                name="cases_link_ended_whole",
                condition=Q(ended_at__isnull=True, ended_because="")
                | Q(ended_at__isnull=False) & ~Q(ended_because=""),
            ),
        ]
