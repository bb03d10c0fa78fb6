"""Inquiries: one operation with many cases, victims and suspects. Codes; names lie in the vault."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from himaya.kernel.access import Actor


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    """Inquiries, for an actor."""

    def visible_to(self, actor: Actor) -> Self:
        """Inquiries that one of the actor's desks leads."""
        return self.filter(desk_id__in=actor.desk_ids)


class Inquiry(models.Model):
    """One operation of investigation or prosecution. Ends closed.

    number: a made-up word that officers call it by. members, suspects: how many numbers were given.
    """

    class Kind(models.TextChoices):
        TRAFFICKING = "trafficking", _("Trafficking in persons")
        SMUGGLING = "smuggling", _("Smuggling of migrants")
        BOTH = "both", _("Trafficking and smuggling")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, choices=Kind)
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    members = models.PositiveIntegerField(default=0)
    suspects = models.PositiveIntegerField(default=0)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="inquiries_of_a_desk", fields=["desk", "opened_at", "id"])]


class Member(models.Model):
    """Somebody an inquiry is about: a case that was referred to its desk, or a person without one.

    case_id, pseudonym: as the referral said them. place: the number in the inquiry.
    """

    class Role(models.TextChoices):
        VICTIM = "victim", _("Victim")
        WITNESS = "witness", _("Witness")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    case_id = models.UUIDField(null=True)
    pseudonym = models.CharField(max_length=12, blank=True)
    person = models.ForeignKey(
        "cases.Person", on_delete=models.PROTECT, related_name="+", null=True
    )
    role = models.CharField(max_length=8, choices=Role)
    heard_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="inquiries_place_once", fields=["inquiry", "place"]),
            models.UniqueConstraint(
                name="inquiries_case_once",
                fields=["inquiry", "case_id"],
                condition=Q(removed_at__isnull=True, case_id__isnull=False),
            ),
            models.CheckConstraint(
                name="inquiries_member_is_case_or_person",
                condition=Q(case_id__isnull=False, person__isnull=True)
                | Q(case_id__isnull=True, person__isnull=False),
            ),
        ]
        indexes = [models.Index(name="inquiries_of_a_case", fields=["case_id"])]


class Suspect(models.Model):
    """Somebody suspected in an inquiry. name: the compartment that only its desk can open."""

    class Sex(models.TextChoices):
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")
        UNKNOWN = "unknown", _("Not known")

    class Standing(models.TextChoices):
        SOUGHT = "sought", _("Not found yet")
        HEARD = "heard", _("Heard")
        CHARGED = "charged", _("Charged")
        CLEARED = "cleared", _("No longer suspected")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    sex = models.CharField(max_length=8, choices=Sex, default=Sex.UNKNOWN)
    citizenship = models.CharField(max_length=3, blank=True)
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.SOUGHT)
    name = models.ForeignKey(
        "vault.Compartment", on_delete=models.PROTECT, related_name="+", null=True
    )
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="inquiries_suspect_place_once", fields=["inquiry", "place"]
            ),
        ]


class Part(models.Model):
    """What a suspect did towards a member of the inquiry. Replaced by a newer one, if wrong."""

    class Role(models.TextChoices):
        RECRUITER = "RecruiterOrIntermediary", _("Recruited, or was a go-between")
        BROKER = "BrokerTravelAgent", _("Arranged papers or travel")
        TRAVELLED = "TravellingPartner", _("Travelled along")
        TRANSPORTER = "Transporter", _("Transported")
        TRANSFERRED = "TransferredIndividual", _("Handed the person on")
        HARBOURED = "HarbouredIndividual", _("Harboured")
        SOLD = "SoldIndividual", _("Sold the person")
        BOUGHT = "BoughtIndividual", _("Bought the person")
        RECEIVED = "ReceivedIndividual", _("Received the person")
        CONTROLLED = "ControlledIndividual", _("Controlled the person")
        SMUGGLER = "Smuggler", _("Smuggled")
        ABUSER = "Abuser", _("Abused")
        KIDNAPPER = "Kidnapper", _("Abducted")
        EXPLOITER = "Exploiter", _("Exploited")
        OTHER = "Other", _("Something else")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    roles = ArrayField(models.CharField(max_length=24, choices=Role))
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="inquiries_one_part",
                fields=["suspect", "member"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(name="inquiries_part_has_roles", condition=Q(roles__len__gt=0)),
        ]
