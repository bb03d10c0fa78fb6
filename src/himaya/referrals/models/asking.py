"""A desk asks for a case that another desk leads."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from himaya.cases.models import Case
from himaya.kernel.access import Actor
from himaya.referrals.models.referral import Referral


class CaseRequestQuerySet(models.QuerySet["CaseRequest"]):
    """Requests, for an actor."""

    def to_desks_of(self, actor: Actor) -> Self:
        """Those about a case that one of the actor's desks leads."""
        led = Case.objects.filter(pseudonym=OuterRef("pseudonym"), desk_id__in=actor.desk_ids)
        return self.filter(Exists(led)).exclude(desk_id__in=actor.desk_ids)

    def from_desks_of(self, actor: Actor) -> Self:
        """Those that one of the actor's desks made."""
        return self.filter(desk_id__in=actor.desk_ids)


class CaseRequest(models.Model):
    """A desk asks whoever leads a case to hand it over. It knows the pseudonym and nothing else.

    pseudonym: as it was typed; no reference to a case, so that nobody learns by asking which cases
    there are. referral: the transfer that the leading desk made of it. asked_by, answered_by: the
    officers. Ends granted, refused with a reason, or taken back.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for an answer")
        GRANTED = "granted", _("A transfer is being prepared")
        REFUSED = "refused", _("Refused")
        TAKEN_BACK = "taken_back", _("Taken back")

    class Why(models.TextChoices):
        PERSON_HERE = "person_here", _("The person is with us now")
        OUR_DISTRICT = "our_district", _("The person has moved to where we work")
        OUR_TASK = "our_task", _("The law makes it our task")
        PERSON_ASKS = "person_asks", _("The person asked us to")

    class Refusal(models.TextChoices):
        PERSON_DECLINES = "person_declines", _("The person wants to stay with us")
        UNSAFE = "unsafe", _("It would not be safe for the person")
        UNDER_WAY = "under_way", _("Something is under way that must end first")
        NOT_THE_PERSON = "not_the_person", _("It is another person")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pseudonym = models.CharField(max_length=12)
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=16, choices=Why)
    asked_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State, default=State.ASKED)
    refusal = models.CharField(max_length=16, choices=Refusal, blank=True)
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+", null=True)

    objects = CaseRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referrals_request_refused_with_reason",
                condition=Q(state="refused") & ~Q(refusal="") | ~Q(state="refused") & Q(refusal=""),
            ),
            models.CheckConstraint(
                name="referrals_request_granted_with_transfer",
                condition=Q(state="granted", referral__isnull=False)
                | ~Q(state="granted") & Q(referral__isnull=True),
            ),
            models.CheckConstraint(
                name="referrals_request_answered_by_another",
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=models.F("asked_by")),
            ),
            models.UniqueConstraint(
                name="referrals_one_open_request",
                fields=["desk", "pseudonym"],
                condition=Q(state="asked"),
            ),
        ]
        indexes = [models.Index(name="referrals_requests", fields=["pseudonym", "state"])]
