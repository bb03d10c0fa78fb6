"""Occasions on which people must be screened. Counts and codes; names lie in the vault."""

import uuid
from typing import Self

from django.db import models
from django.db.models import BooleanField, F, Func, Q
from django.utils.translation import gettext_lazy as _

from himaya.kernel.access import Actor


class OccasionQuerySet(models.QuerySet["Occasion"]):
    """Occasions, for an actor."""

    def visible_to(self, actor: Actor) -> Self:
        """Occasions that one of the actor's desks keeps."""
        return self.filter(desk_id__in=actor.desk_ids)


class Occasion(models.Model):
    """A moment at which officers meet people who may be victims. Ends closed, when nobody waits.

    number: a made-up word that officers call it by. persons: how many numbers were given.
    """

    class Kind(models.TextChoices):
        LABOUR = "labour", _("Complaints about work")
        SHELTER = "shelter", _("People who come to a shelter")
        BORDER = "border", _("At a border")
        RAID = "raid", _("A raid or an inspection")
        DETENTION = "detention", _("A list of people in detention")
        HEALTH = "health", _("A visit to a hospital or a clinic")
        ABSCONDING = "absconding", _("Before reports of absconding are filed")
        REMOVAL = "removal", _("Before people are sent out of the country")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, choices=Kind)
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=40, blank=True)
    persons = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = OccasionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="occasions_of_a_desk", fields=["desk", "-opened_at", "-id"]),
            models.Index(
                name="occasions_open",
                fields=["desk", "due_at", "id"],
                condition=Q(closed_at__isnull=True),
            ),
        ]


class MetQuerySet(models.QuerySet["Met"]):
    """Persons of occasions."""

    def told_apart(self) -> "MetQuerySet":
        """With `screened`: whether a screening of the case that was opened for them is finished."""
        return self.annotate(screened=_screened())

    def waiting(self) -> "MetQuerySet":
        """Those not yet screened, for whom no reason was given either."""
        return self.annotate(screened=_screened()).filter(reason="", screened=False)


def _screened() -> Func:
    return Func(F("case_id"), function="occasions_screened", output_field=BooleanField())


class Met(models.Model):
    """Somebody who was met on an occasion, by their number in it.

    name: the compartment of the name, which only the occasion's desk can open; null for somebody
    who was only counted. case_id, pseudonym: of the case in which they are screened. reason: why
    they are not; with neither, they wait.
    """

    class Reason(models.TextChoices):
        DECLINED = "declined", _("They did not want to speak, and know where to come")
        LEFT = "left", _("They left before anybody could ask")
        UNSAFE = "unsafe", _("Asking there would have put them in danger; they were told where")
        UNWELL = "unwell", _("They were not well enough; another visit is arranged")
        NO_INTERPRETER = "no_interpreter", _("Nobody could interpret; another visit is arranged")
        ELSEWHERE = "elsewhere", _("Another body has screened them")
        MISTAKE = "mistake", _("They were counted by mistake")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    name = models.ForeignKey(
        "vault.Compartment", on_delete=models.PROTECT, related_name="+", null=True
    )
    case_id = models.UUIDField(null=True)
    pseudonym = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    met_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    objects = MetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="occasions_place_once", fields=["occasion", "place"]),
            models.UniqueConstraint(
                name="occasions_case_once",
                fields=["occasion", "case_id"],
                condition=Q(case_id__isnull=False),
            ),
            models.CheckConstraint(
                name="occasions_met_settled_one_way",
                condition=Q(case_id__isnull=True, pseudonym="", reason="", settled_at__isnull=True)
                | Q(case_id__isnull=False, reason="", settled_at__isnull=False) & ~Q(pseudonym="")
                | Q(case_id__isnull=True, pseudonym="", settled_at__isnull=False) & ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(name="occasions_of_a_case", fields=["case_id"])]
