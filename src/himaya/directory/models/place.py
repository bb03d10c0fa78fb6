"""Where a service is given. Of a confidential location nothing is known but its district."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from himaya.directory.models.part import LINE, NAME, WORDS, Part, never_confidential
from himaya.directory.models.service import OfService


class LocationType(models.TextChoices):
    """How a location is visited."""

    PHYSICAL = "physical", _("A place")
    POSTAL = "postal", _("By post")
    VIRTUAL = "virtual", _("By telephone or on line")


class Location(models.Model):
    """A place where services are given. district: of the country pack.

    confidential: a shelter. No name, no words, no address, no telephone: the table refuses them
    here, and what would hang on it has a foreign key that refuses it there (threat A8).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    location_type = models.CharField(max_length=8, choices=LocationType)
    url = models.CharField(max_length=LINE, blank=True)
    name = models.CharField(max_length=NAME, blank=True)
    alternate_name = models.CharField(max_length=NAME, blank=True)
    description = models.CharField(max_length=WORDS, blank=True)
    transportation = models.CharField(max_length=LINE, blank=True)
    district = models.CharField(max_length=40, blank=True)
    confidential = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directory_confidential_location_says_nothing",
                condition=Q(confidential=False)
                | Q(url="", name="", alternate_name="", description="", transportation=""),
            ),
            models.UniqueConstraint(
                name="directory_location_and_whether_confidential", fields=["id", "confidential"]
            ),
        ]


class ServiceAtLocation(OfService):
    """That a service is given at a location. confidential: the location's own, kept in step."""

    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    description = models.CharField(max_length=WORDS, blank=True)
    confidential = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directory_confidential_service_says_nothing",
                condition=Q(confidential=False) | Q(description=""),
            ),
            models.UniqueConstraint(
                name="directory_place_and_whether_confidential", fields=["id", "confidential"]
            ),
        ]


class OfLocation(Part):
    """A particular of one location, which is not confidential."""

    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    confidential = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Address(OfLocation):
    """Where a location is, or where its post goes."""

    attention = models.CharField(max_length=NAME, blank=True)
    address_1 = models.CharField(max_length=NAME, blank=True)
    address_2 = models.CharField(max_length=NAME, blank=True)
    city = models.CharField(max_length=NAME, blank=True)
    region = models.CharField(max_length=NAME, blank=True)
    state_province = models.CharField(max_length=NAME, blank=True)
    postal_code = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=2, blank=True)
    address_type = models.CharField(max_length=8, choices=LocationType)

    class Meta:
        constraints = [never_confidential("directory_address_of_open_location")]


class Accessibility(OfLocation):
    """What helps somebody with a disability there."""

    description = models.CharField(max_length=WORDS, blank=True)
    details = models.CharField(max_length=LINE, blank=True)
    url = models.CharField(max_length=LINE, blank=True)

    class Meta:
        constraints = [never_confidential("directory_accessibility_of_open_location")]
