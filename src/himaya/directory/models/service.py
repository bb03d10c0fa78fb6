"""A service: for whom, in what languages, how full, and who said so when."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from himaya.directory.codes import NEEDS, SEXES
from himaya.directory.models.organization import Organization
from himaya.directory.models.part import LINE, NAME, WORDS, Part


class Service(models.Model):
    """Something that an organisation does for people. Ends inactive or defunct; is never deleted.

    What HSDS lacks: needs (kinds of help); admission (sexes: empty for everybody; families), and
    nothing that asks for cooperation or status; desk (ours that receives referrals to it) or
    channel (how a printed referral reaches a body without an account); free_places with who said it
    when. assured_date and assurer_email are those of HSDS: when somebody last made sure that this
    is right; assured_by: the desk of ours that did.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", _("Open to new people")
        CLOSED = "temporarily closed", _("Closed for a time")
        INACTIVE = "inactive", _("Not given at present")
        DEFUNCT = "defunct", _("No longer given")

    class Families(models.TextChoices):
        ANY = "any", _("Also people with children of theirs")
        ONLY = "only", _("Only people with children of theirs")
        NONE = "none", _("Only people by themselves")

    class Answers(models.TextChoices):
        EMERGENCY = "emergency", _("Takes emergencies")
        URGENT = "urgent", _("Takes urgent referrals")
        NORMAL = "normal", _("Takes referrals that can wait")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=NAME)
    alternate_name = models.CharField(max_length=NAME, blank=True)
    description = models.CharField(max_length=WORDS, blank=True)
    url = models.CharField(max_length=LINE, blank=True)
    email = models.CharField(max_length=NAME, blank=True)
    status = models.CharField(max_length=20, choices=Status)
    interpretation_services = models.CharField(max_length=LINE, blank=True)
    application_process = models.CharField(max_length=WORDS, blank=True)
    fees_description = models.CharField(max_length=LINE, blank=True)
    wait_time = models.CharField(max_length=NAME, blank=True)
    eligibility_description = models.CharField(max_length=WORDS, blank=True)
    minimum_age = models.FloatField(null=True)
    maximum_age = models.FloatField(null=True)
    assured_date = models.DateField(null=True)
    assurer_email = models.CharField(max_length=NAME, blank=True)
    alert = models.CharField(max_length=LINE, blank=True)
    last_modified = models.DateTimeField(null=True)
    needs = ArrayField(models.CharField(max_length=20, choices=NEEDS), default=list)
    sexes = ArrayField(models.CharField(max_length=8, choices=SEXES), default=list)
    families = models.CharField(max_length=8, choices=Families, default=Families.ANY)
    answers = models.CharField(max_length=12, choices=Answers, blank=True)
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+", null=True)
    channel = models.CharField(max_length=LINE, blank=True)
    free_places = models.PositiveIntegerField(null=True)
    free_said_at = models.DateTimeField(null=True)
    free_said_by = models.ForeignKey(
        "agencies.Desk", on_delete=models.PROTECT, related_name="+", null=True
    )
    assured_by = models.ForeignKey(
        "agencies.Desk", on_delete=models.PROTECT, related_name="+", null=True
    )
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directory_ages_in_order",
                condition=Q(minimum_age__isnull=True)
                | Q(maximum_age__isnull=True)
                | Q(minimum_age__lte=F("maximum_age")),
            ),
            models.CheckConstraint(
                name="directory_free_places_said_by_somebody",
                condition=Q(free_places__isnull=True, free_said_at__isnull=True)
                | Q(free_places__isnull=False, free_said_at__isnull=False),
            ),
            models.CheckConstraint(
                name="directory_desk_or_channel",
                condition=Q(desk__isnull=True) | Q(channel=""),
            ),
        ]
        indexes = [
            GinIndex(name="directory_service_needs", fields=["needs"]),
            models.Index(name="directory_service_order", fields=["name", "id"]),
            models.Index(name="directory_service_desk", fields=["desk"]),
        ]


class OfService(Part):
    """A particular of one service."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class ServiceArea(OfService):
    """Where the people live whom a service is for. district: of the country pack, if it is one."""

    name = models.CharField(max_length=NAME, blank=True)
    description = models.CharField(max_length=LINE, blank=True)
    extent = models.CharField(max_length=WORDS, blank=True)
    extent_type = models.CharField(max_length=40, blank=True)
    uri = models.CharField(max_length=LINE, blank=True)
    district = models.CharField(max_length=40, blank=True)


class CostOption(OfService):
    """What a service costs, for whom."""

    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    option = models.CharField(max_length=NAME, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    amount = models.FloatField(null=True)
    amount_description = models.CharField(max_length=LINE, blank=True)


class RequiredDocument(OfService):
    """A paper that a person is asked for."""

    document = models.CharField(max_length=NAME, blank=True)
    uri = models.CharField(max_length=LINE, blank=True)


class Attribute(OfService):
    """A service under a term of somebody's taxonomy; kinds of help of ours are `Service.needs`."""

    value = models.CharField(max_length=LINE, blank=True)
    link_type = models.CharField(max_length=NAME, blank=True)


class TaxonomyTerm(Part):
    """The term under which an attribute puts its service."""

    attribute = models.ForeignKey(Attribute, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=NAME, blank=True)
    name = models.CharField(max_length=NAME)
    description = models.CharField(max_length=WORDS)
    taxonomy = models.CharField(max_length=NAME, blank=True)
    language = models.CharField(max_length=12, blank=True)
    term_uri = models.CharField(max_length=LINE, blank=True)
