"""Whom to ask, by which number, in which language, and when somebody is there."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from himaya.directory.models.organization import Organization
from himaya.directory.models.part import LINE, NAME, WORDS, Part, never_confidential, one_of
from himaya.directory.models.place import Location, ServiceAtLocation
from himaya.directory.models.service import Service


class AtPlace(Part):
    """Something of a service, of a location, or of a service at a location."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+", null=True)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+", null=True)
    service_at_location = models.ForeignKey(
        ServiceAtLocation, on_delete=models.PROTECT, related_name="+", null=True
    )
    confidential = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Contact(AtPlace):
    """An office that can be asked; somebody's own name only where they published it."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", null=True
    )
    name = models.CharField(max_length=NAME, blank=True)
    title = models.CharField(max_length=NAME, blank=True)
    department = models.CharField(max_length=NAME, blank=True)
    email = models.CharField(max_length=NAME, blank=True)

    class Meta:
        constraints = [
            one_of(
                "directory_contact_of_one_thing",
                "service",
                "location",
                "service_at_location",
                "organization",
            ),
            never_confidential("directory_contact_of_open_location"),
        ]


class Phone(AtPlace):
    """A telephone number."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", null=True
    )
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+", null=True)
    number = models.CharField(max_length=60)
    extension = models.FloatField(null=True)
    type = models.CharField(max_length=40, blank=True)
    description = models.CharField(max_length=LINE, blank=True)

    class Meta:
        constraints = [
            one_of(
                "directory_phone_of_one_thing",
                "service",
                "location",
                "service_at_location",
                "organization",
                "contact",
            ),
            never_confidential("directory_phone_of_open_location"),
        ]


class Language(Part):
    """A language that is spoken there. code: ISO 639-1, or 639-3 where that has none."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+", null=True)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+", null=True)
    phone = models.ForeignKey(Phone, on_delete=models.PROTECT, related_name="+", null=True)
    name = models.CharField(max_length=NAME, blank=True)
    code = models.CharField(max_length=12, blank=True)
    note = models.CharField(max_length=LINE, blank=True)

    class Meta:
        constraints = [one_of("directory_language_of_one_thing", "service", "location", "phone")]
        indexes = [models.Index(name="directory_language_spoken", fields=["service", "code"])]


class Schedule(AtPlace):
    """When somebody is there, as a rule of recurrence (RFC 5545, cut down by HSDS).

    opens_at, closes_at: as written, with or without a distance from UTC. timezone: hours from UTC
    that hold for times without one; neither means the country's own time.
    """

    class Freq(models.TextChoices):
        WEEKLY = "WEEKLY", _("Each week")
        MONTHLY = "MONTHLY", _("Each month")

    class Day(models.TextChoices):
        MO = "MO", _("Monday")
        TU = "TU", _("Tuesday")
        WE = "WE", _("Wednesday")
        TH = "TH", _("Thursday")
        FR = "FR", _("Friday")
        SA = "SA", _("Saturday")
        SU = "SU", _("Sunday")

    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    dtstart = models.DateField(null=True)
    timezone = models.FloatField(null=True)
    until = models.DateField(null=True)
    count = models.PositiveIntegerField(null=True)
    wkst = models.CharField(max_length=2, choices=Day, blank=True)
    freq = models.CharField(max_length=8, choices=Freq, blank=True)
    interval = models.PositiveIntegerField(null=True)
    byday = models.CharField(max_length=100, blank=True)
    byweekno = models.CharField(max_length=200, blank=True)
    bymonthday = models.CharField(max_length=200, blank=True)
    byyearday = models.CharField(max_length=1500, blank=True)
    description = models.CharField(max_length=WORDS, blank=True)
    opens_at = models.CharField(max_length=14, blank=True)
    closes_at = models.CharField(max_length=14, blank=True)
    schedule_link = models.CharField(max_length=LINE, blank=True)
    attending_type = models.CharField(max_length=NAME, blank=True)
    notes = models.CharField(max_length=LINE, blank=True)

    class Meta:
        constraints = [
            one_of("directory_schedule_of_one_thing", "service", "location", "service_at_location"),
            never_confidential("directory_schedule_of_open_location"),
            models.CheckConstraint(
                name="directory_schedule_repeats_at_all",
                condition=(Q(interval__isnull=True) | Q(interval__gt=0))
                & (Q(count__isnull=True) | Q(count__gt=0)),
            ),
        ]
