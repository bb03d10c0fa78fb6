"""Two cases that may be of one person. Codes only; what agrees is known by blind tokens."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from himaya.kernel.access import Actor
from himaya.vault.models import BlindToken


class MatchQuerySet(models.QuerySet["Match"]):
    """Matches, for an actor."""

    def visible_to(self, actor: Actor) -> Self:
        """Matches of cases of the actor's desks: their own, and those that another desk asks of."""
        sides = Side.objects.filter(
            Q(case__desk_id__in=actor.desk_ids) | Q(case__identification_desk_id__in=actor.desk_ids)
        )
        return self.filter(pk__in=sides.values("match"))


class Match(models.Model):
    """The person of a case that is being written may be the person of another case.

    Found by tokens, without opening anything. agrees: in which things. Where another desk leads the
    other case, that desk is asked, and answers from its own file. Ends the same or another; the
    same also joins the two persons (`merge`), which can be undone.
    """

    class State(models.TextChoices):
        FOUND = "found", _("Nobody has looked yet")
        ASKED = "asked", _("The other desk was asked")
        SAME = "same", _("The same person")
        ANOTHER = "another", _("Another person")
        UNCLEAR = "unclear", _("Nobody can tell")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agrees = ArrayField(models.CharField(max_length=8, choices=BlindToken.Domain))
    state = models.CharField(max_length=8, choices=State, default=State.FOUND)
    found_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    merge = models.ForeignKey(
        "cases.Merge", on_delete=models.PROTECT, related_name="+", null=True, default=None
    )

    objects = MatchQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                name="recognition_waiting", fields=["asked_at", "id"], condition=Q(state="asked")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="recognition_match_goes_in_order",
                condition=Q(state="found", asked_at__isnull=True, answered_at__isnull=True)
                | Q(state="asked", asked_at__isnull=False, answered_at__isnull=True)
                | Q(state__in=["same", "another", "unclear"], answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="recognition_only_the_same_are_joined",
                condition=Q(merge__isnull=True) | Q(state="same"),
            ),
            models.CheckConstraint(
                name="recognition_something_agrees", condition=Q(agrees__len__gt=0)
            ),
        ]


class Side(models.Model):
    """One of the two cases of a match. asks: the one that was being written when it was found.

    A desk sees its own side, never the other's. Put in by functions of the role `himaya_tokens`,
    which alone may know both.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    asks = models.BooleanField()

    unrecorded = "only himaya_tokens may know both sides; that a match was found is an act"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="recognition_two_sides", fields=["match", "asks"]),
        ]
