"""One screening of a person, from the moment a desk is asked for it."""

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
    with the case when nobody could make it. A person may be screened more than once.

    subject_id: the case. pack: the edition whose instruments are used, empty for screenings older
    than editions. why: why it was asked for. said_child: whoever asked was told of a child.

    While it is made it is a draft, still `asked`: begun_with is the edition it began with, so that
    it can be finished by that one; instrument, lists and answers are kept as they come.

    informed: the person was told what the interview is for. age_basis, age_found: how the age is
    known, and what follows; the age itself is sealed. child: the person is treated as a child now.
    child_then: whether they were one when it happened. elements: ids of the acts, means and
    purposes that the officer finds. advice: a code of `rules.Category`; never a verdict.
    officer_view: whether the officer, who saw the person, agrees. doubts: they wrote some down.
    What the person said is sealed, not here.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for the interview")
        TAKEN = "taken", _("Done")
        ENDED = "ended", _("Not made: the case ended first")

    class Why(models.TextChoices):
        FIRST = "first", _("First screening")
        NEW_FACTS = "new_facts", _("New facts are known")
        WANTS_TO_SPEAK = "wants_to_speak", _("The person wants to say more")
        BEFORE_DECISION = "before_decision", _("Before a decision or a removal")
        RECONSIDERED = "reconsidered", _("A decision is looked at again")

    class View(models.TextChoices):
        AGREE = "agree", _("I agree with the advice")
        STRONGER = "stronger", _("I see more than the answers show")
        WEAKER = "weaker", _("I have doubts")

    class AgeBasis(models.TextChoices):
        DATE = "date", _("The birth date is known")
        PARTIAL = "partial", _("Only the year, or year and month, is known")
        ESTIMATE = "estimate", _("Estimated")
        ASSESSED = "assessed", _("Assessed by people trained for it")
        UNKNOWN = "unknown", _("Not known")

    class AgeFound(models.TextChoices):
        CHILD = "child", _("Under 18")
        ADULT = "adult", _("18 or older")
        DOUBT = "doubt", _("In doubt: treated as a child until assessed")

    class ChildThen(models.TextChoices):
        YES = "yes", _("Yes, at some time")
        NO = "no", _("No, never")
        NOT_KNOWN = "not_known", _("Not known")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_id = models.UUIDField(db_index=True)
    pseudonym = models.CharField(max_length=12)
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    why = models.CharField(max_length=16, choices=Why, default=Why.FIRST)
    said_child = models.BooleanField(default=False)
    pack = models.CharField(max_length=40, blank=True)
    begun_with = models.CharField(max_length=40, blank=True)
    instrument = models.CharField(max_length=40, blank=True)
    lists = ArrayField(models.CharField(max_length=40), default=list)
    taken_at = models.DateTimeField(null=True)
    informed = models.BooleanField(default=False)
    age_basis = models.CharField(max_length=8, choices=AgeBasis, blank=True)
    age_found = models.CharField(max_length=8, choices=AgeFound, blank=True)
    child = models.BooleanField(null=True)
    child_then = models.CharField(max_length=12, choices=ChildThen, blank=True)
    act_present = models.BooleanField(null=True)
    elements = ArrayField(models.CharField(max_length=40), default=list)
    positive_dimensions = ArrayField(models.CharField(max_length=40), default=list)
    advice = models.CharField(max_length=40, blank=True)
    officer_view = models.CharField(max_length=8, choices=View, blank=True)
    doubts = models.BooleanField(default=False)
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
            # Whoever is not known to be an adult is treated as a child, also where a page forgets.
            models.CheckConstraint(
                name="screening_in_doubt_a_child",
                condition=~Q(state="taken", age_found__in=["child", "doubt"]) | Q(child=True),
            ),
        ]
        indexes = [
            models.Index(
                name="identification_waiting",
                fields=["desk", "due_at", "id"],
                condition=Q(state="asked"),
            ),
        ]
