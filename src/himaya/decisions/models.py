"""A decision about a person's status: the question, each officer's own view, what it rests on."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from himaya.kernel.access import Actor


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, for an actor."""

    def visible_to(self, actor: Actor) -> Self:
        """Decisions that are the actor's desks' to make."""
        return self.filter(desk_id__in=actor.desk_ids)


class Decision(models.Model):
    """A question about a person's status, while officers weigh it. Ends made, with its outcome; or
    dropped, when the pathway went another way first.

    rule: the pack's id of the question. desk: whose officers weigh it. persons: how many must; of
    two, neither sees the other's view before their own is written. again: by nobody who decided on
    the case before. given: how many have written their view. room_id: the compartment of the words.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Being weighed")
        MADE = "made", _("Decided")
        DROPPED = "dropped", _("Not decided: the pathway went another way")

    class Outcome(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    pseudonym = models.CharField(max_length=12)
    pack = models.CharField(max_length=40)
    rule = models.CharField(max_length=40)
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    persons = models.PositiveSmallIntegerField()
    again = models.BooleanField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    outcome = models.CharField(max_length=4, choices=Outcome, blank=True)
    given = models.PositiveSmallIntegerField(default=0)
    room_id = models.UUIDField()
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="decisions_one_of_a_kind_is_open",
                fields=["case", "rule"],
                condition=Q(state="open"),
            ),
            models.CheckConstraint(
                name="decisions_outcome_iff_made",
                condition=Q(state="open", outcome="", ended_at__isnull=True)
                | Q(state="dropped", outcome="", ended_at__isnull=False)
                | Q(state="made", ended_at__isnull=False) & ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="decisions_by_one_or_two", condition=Q(persons__in=[1, 2], given__lte=2)
            ),
        ]
        indexes = [
            models.Index(
                name="decisions_being_weighed",
                fields=["desk", "opened_at", "id"],
                condition=Q(state="open"),
            ),
        ]


class Opinion(models.Model):
    """One officer's view of a decision. Never changed: whoever thinks again writes a further one.

    place: 1 for whoever weighed it first, 2 for the second. number: the last one counts.
    reasons_id: the sealed words.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    place = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=4, choices=Decision.Outcome)
    reasons_id = models.UUIDField()
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="decisions_one_view_a_place", fields=["decision", "place", "number"]
            ),
            models.UniqueConstraint(
                name="decisions_one_view_an_officer", fields=["decision", "officer", "number"]
            ),
            models.CheckConstraint(name="decisions_first_or_second", condition=Q(place__in=[1, 2])),
        ]


class Finding(models.Model):
    """What one officer found on one criterion of the pack."""

    class Value(models.TextChoices):
        SHOWN = "shown", _("Shown")
        IN_DOUBT = "in_doubt", _("In doubt")
        NOT_SHOWN = "not_shown", _("Not shown")
        NOT_ASKED = "not_asked", _("Not asked of a child")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=40)
    value = models.CharField(max_length=12, choices=Value)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="decisions_one_finding_a_criterion", fields=["opinion", "criterion"]
            ),
        ]


class Evidence(models.Model):
    """A fact on which a finding rests: where it comes from, and how far it is in doubt. The fact,
    and what makes it doubtful, are sealed words (words_id)."""

    class Source(models.TextChoices):
        ACCOUNT = "account", _("The person's own account")
        SCREENING = "screening", _("The screening")
        WITNESS = "witness", _("What somebody else said")
        PAPERS = "papers", _("Papers, messages or wages records")
        HEALTH = "health", _("A doctor's or a nurse's findings")
        SEEN = "seen", _("What officers saw themselves")
        OTHER_BODY = "other_body", _("Another body's findings")

    class Doubt(models.TextChoices):
        NONE = "none", _("No doubt")
        SOME = "some", _("Some doubt")
        STRONG = "strong", _("Strong doubt")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=12, choices=Source)
    doubt = models.CharField(max_length=8, choices=Doubt)
    words_id = models.UUIDField()


class Told(models.Model):
    """The person was told of a decision: in which way that is safe for them, in which language.

    move: the step that decided; case: its own, which another may have taken over since. until: by
    when they may ask to look again, after a no.
    """

    class Way(models.TextChoices):
        IN_PERSON = "in_person", _("In person, in a place that is safe for them")
        PHONE = "phone", _("By telephone, at the safe time, after hearing that they are alone")
        LETTER = "letter", _("By a letter put into their own hands")
        TRUSTED = "trusted", _("Through somebody whom they named for this")
        GUARDIAN = "guardian", _("Together with the guardian, in words that a child understands")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    move = models.OneToOneField("cases.Move", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=12, choices=Way)
    language = models.CharField(max_length=12)
    interpreter = models.BooleanField()
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    until = models.DateTimeField(null=True)
