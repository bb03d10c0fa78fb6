"""Screenings: what was asked of a person, what they answered, and what the instrument advises."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from himaya.kernel.access import Actor


class ScreeningQuerySet(models.QuerySet["Screening"]):
    """Screenings, for an actor."""

    def visible_to(self, actor: Actor) -> Self:
        """Screenings that one of the actor's desks was asked to make."""
        return self.filter(desk_id__in=actor.desk_ids)


class Screening(models.Model):
    """A desk is asked to screen a person with an instrument of the pack, and does. Ends taken, or
    with the case when nobody could make it.

    subject_id: the case. pack: the edition whose instruments are used, empty for screenings older
    than editions. informed: the person was told what the interview is for. advice: a code of
    `rules.Category`; never a verdict. officer_view: whether the officer, who saw the person,
    agrees. What the person said is sealed, not here.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for the interview")
        TAKEN = "taken", _("Done")
        ENDED = "ended", _("Not made: the case ended first")

    class View(models.TextChoices):
        AGREE = "agree", _("I agree with the advice")
        STRONGER = "stronger", _("I see more than the answers show")
        WEAKER = "weaker", _("I have doubts")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_id = models.UUIDField(db_index=True)
    pseudonym = models.CharField(max_length=12)
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    pack = models.CharField(max_length=40, blank=True)
    instrument = models.CharField(max_length=40, blank=True)
    taken_at = models.DateTimeField(null=True)
    informed = models.BooleanField(default=False)
    child = models.BooleanField(null=True)
    act_present = models.BooleanField(null=True)
    positive_dimensions = ArrayField(models.CharField(max_length=40), default=list)
    advice = models.CharField(max_length=40, blank=True)
    officer_view = models.CharField(max_length=8, choices=View, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="screening_complete_iff_taken",
                condition=Q(state__in=["asked", "ended"], taken_at__isnull=True, advice="")
                | Q(state="taken", taken_at__isnull=False, act_present__isnull=False)
                & ~Q(instrument="")
                & ~Q(advice="")
                & ~Q(officer_view=""),
            ),
        ]
        indexes = [
            models.Index(
                name="identification_waiting",
                fields=["desk", "due_at", "id"],
                condition=Q(state="asked"),
            ),
        ]


class Answer(models.Model):
    """What was found about one indicator. Not known, would not say and not asked differ."""

    class Value(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        NOT_KNOWN = "not_known", _("Not known")
        WOULD_NOT_SAY = "would_not_say", _("Would not say")
        NOT_ASKED = "not_asked", _("Not asked")
        DOES_NOT_APPLY = "does_not_apply", _("Does not apply")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=16)
    value = models.CharField(max_length=16, choices=Value)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="identification_one_answer_an_indicator", fields=["screening", "indicator"]
            ),
        ]
