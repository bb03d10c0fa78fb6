"""Who gives services."""

import uuid

from django.db import models
from django.db.models import F, Q

from himaya.directory.models.part import LINE, NAME, WORDS
from himaya.packs.vocabulary import AgencyKind


class Organization(models.Model):
    """A body that gives services. agency: the same body in the country pack, if it is there.

    kind: type of organisation by HTCDS 2.0, org_Type. protocol_…: the agreement by which it may be
    given information about people; no new referral goes to it once that has ended.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=NAME)
    alternate_name = models.CharField(max_length=NAME, blank=True)
    description = models.CharField(max_length=WORDS)
    email = models.CharField(max_length=NAME, blank=True)
    website = models.CharField(max_length=LINE, blank=True)
    parent_organization_id = models.UUIDField(null=True)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True
    )
    kind = models.CharField(
        max_length=40, choices=[(kind.value, kind.value) for kind in AgencyKind], blank=True
    )
    protocol_signed_on = models.DateField(null=True)
    protocol_ends_on = models.DateField(null=True)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directory_protocol_ends_after_it_began",
                condition=Q(protocol_ends_on__isnull=True)
                | Q(
                    protocol_signed_on__isnull=False, protocol_ends_on__gte=F("protocol_signed_on")
                ),
            ),
            models.UniqueConstraint(
                name="directory_one_organization_an_agency",
                fields=["agency"],
                condition=Q(agency__isnull=False),
            ),
        ]
