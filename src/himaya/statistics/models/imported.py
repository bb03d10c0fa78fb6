"""Files that others have published, and what was read from them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from himaya.statistics.codes import AgeGroup, Sex


class ImportedFile(models.Model):
    """A published file that was read once. sha256 of its bytes tells whether it was read before.

    kind: code of the edition (`reading.ctdc.EDITIONS`) or `glotip`. period: the years it covers.
    root: RFC 6962 root over the rows stored from it, in the order of their lines (`roots`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=32)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    period = models.CharField(max_length=20)
    imported_at = models.DateTimeField()
    read = models.PositiveIntegerField()
    stored = models.PositiveIntegerField()
    duplicate = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    root = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="statistics_file_is_imported_once", fields=["kind", "sha256"]
            ),
            models.CheckConstraint(
                name="statistics_file_accounts_for_every_line",
                condition=Q(read=F("stored") + F("duplicate") + F("rejected")),
            ),
        ]


class ImportedFact(models.Model):
    """One person in a file of CTDC, coded. Identity is file and line: equal rows are two people.

    Empty codes are unknown. observed, ruled_out: codes of what the file states to be so, and not
    to be so (means of control, kinds of work, recruiter, perpetrator); what is in neither was not
    recorded. citizenship, country of exploitation: ISO 3166-1 alpha-3.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(ImportedFile, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()
    year_from = models.PositiveSmallIntegerField(null=True)
    year_to = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=20)
    sex = models.CharField(max_length=8, choices=Sex)
    age_band = models.CharField(max_length=6)
    age_group = models.CharField(max_length=8, choices=AgeGroup)
    age_group_at_entry = models.CharField(max_length=8, choices=AgeGroup)
    age_group_at_exploitation = models.CharField(max_length=8, choices=AgeGroup)
    citizenship = models.CharField(max_length=3)
    citizenship_region = models.CharField(max_length=20)
    country = models.CharField(max_length=3)
    region = models.CharField(max_length=20)
    months = models.CharField(max_length=6)
    forced_labour = models.BooleanField(null=True)
    sexual_exploitation = models.BooleanField(null=True)
    other_exploitation = models.BooleanField(null=True)
    observed = ArrayField(models.CharField(max_length=60))
    ruled_out = ArrayField(models.CharField(max_length=60))

    unrecorded = "the root of its file, which is recorded, stands for all its rows"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="statistics_imported_line_once", fields=["file", "line"]),
        ]
        indexes = [
            models.Index(name="statistics_imported_by_country", fields=["country", "file"]),
        ]


class PublishedFigure(models.Model):
    """One value that UNODC publishes. `reading.glotip.Published` says what each column means.

    value is empty exactly where UNODC publishes `<5`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(ImportedFile, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()
    iso3 = models.CharField(max_length=11)
    country = models.CharField(max_length=120)
    indicator = models.CharField(max_length=20)
    dimension = models.CharField(max_length=16)
    label = models.CharField(max_length=120)
    category = models.CharField(max_length=16)
    sex = models.CharField(max_length=8)
    age = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField(null=True)
    below5 = models.BooleanField()
    contradicted = models.BooleanField()
    source = models.CharField(max_length=120)

    unrecorded = "the root of its file, which is recorded, stands for all its rows"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="statistics_published_line_once", fields=["file", "line"]),
            models.CheckConstraint(
                name="statistics_below_5_has_no_value",
                condition=Q(below5=True, value__isnull=True) | Q(below5=False, value__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="statistics_published_by_place", fields=["iso3", "file"]),
        ]
