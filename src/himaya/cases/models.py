"""Cases: one person's way through the pathway. Codes only; every word is sealed elsewhere."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from himaya.kernel.access import Actor


class Person(models.Model):
    """Somebody who may have several cases: a person can be trafficked again. No name is here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField()


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, for an actor."""

    def visible_to(self, actor: Actor) -> Self:
        """Cases that one of the actor's desks leads, or identifies the person of."""
        return self.filter(
            Q(desk_id__in=actor.desk_ids) | Q(identification_desk_id__in=actor.desk_ids)
        )


class Case(models.Model):
    """One person's way through the pathway. Opened from a report; ends closed, with an outcome.

    pack: the pack and version that the case began with. kept_from: codes of agencies that the
    report names; nothing about the person goes to a desk of theirs.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    class Status(models.TextChoices):
        NONE = "none", _("Not yet decided")
        PRESUMED = "presumed", _("Presumed victim of trafficking")
        NOT_PRESUMED = "not_presumed", _("No signs of trafficking found so far")

    class Child(models.TextChoices):
        YES = "yes", _("Under 18")
        NO = "no", _("Adult")
        UNKNOWN = "unknown", _("Age not known: treated as a child until assessed")

    class Outcome(models.TextChoices):
        PROTECTED = "protected", _("Safe, with the solution the person chose")
        REFERRED_ELSEWHERE = "referred_elsewhere", _("Handed to a body outside the system")
        NOT_TRAFFICKING = "not_trafficking", _("Not trafficking; helped another way")
        LOST_CONTACT = "lost_contact", _("Contact was lost")
        WITHDREW = "withdrew", _("The person no longer wanted help")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    pseudonym = models.CharField(max_length=12, unique=True)
    report = models.ForeignKey(
        "reporting.Report", on_delete=models.PROTECT, related_name="+", null=True
    )
    channel = models.CharField(max_length=16)
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    identification_desk = models.ForeignKey(
        "agencies.Desk", on_delete=models.PROTECT, related_name="+"
    )
    pack = models.CharField(max_length=40)
    kept_from = ArrayField(models.CharField(max_length=40), default=list)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    status = models.CharField(max_length=16, choices=Status, default=Status.NONE)
    child = models.CharField(max_length=8, choices=Child, default=Child.UNKNOWN)
    sex = models.CharField(max_length=8, blank=True)
    citizenship = models.CharField(max_length=3, blank=True)
    language = models.CharField(max_length=12, blank=True)
    exploitation = ArrayField(models.CharField(max_length=40), default=list)
    solution = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=24, choices=Outcome, blank=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_closed_with_outcome",
                condition=Q(state="open", closed_at__isnull=True, outcome="")
                | Q(state="closed", closed_at__isnull=False) & ~Q(outcome=""),
            ),
        ]
        indexes = [models.Index(name="cases_case_worklist", fields=["desk", "state", "opened_at"])]


class Closure(models.Model):
    """An ending that one officer asks for and another of the desk confirms or refuses."""

    class Why(models.TextChoices):
        STILL_NEEDS_HELP = "still_needs_help", _("The person still needs something from us")
        NOT_TOLD = "not_told", _("The person has not been told, or does not agree")
        OTHER_OUTCOME = "other_outcome", _("The outcome is not the right one")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=24, choices=Case.Outcome)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(null=True)
    why = models.CharField(max_length=20, choices=Why, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_closure_refused_with_reason",
                condition=Q(confirmed__isnull=False, confirmed=False) & ~Q(why="")
                | (Q(confirmed=True) | Q(confirmed__isnull=True)) & Q(why=""),
            ),
            models.CheckConstraint(
                name="cases_closure_by_two", condition=~Q(asked_by=models.F("decided_by"))
            ),
            models.CheckConstraint(
                name="cases_closure_decided_whole",
                condition=Q(
                    decided_by__isnull=True, decided_at__isnull=True, confirmed__isnull=True
                )
                | Q(decided_by__isnull=False, decided_at__isnull=False, confirmed__isnull=False),
            ),
            models.UniqueConstraint(
                name="cases_one_closure_waits",
                fields=["case"],
                condition=Q(decided_at__isnull=True),
            ),
        ]


class TrackState(models.Model):
    """Where one track of a case's pathway stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    track = models.CharField(max_length=40)
    state = models.CharField(max_length=40)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="cases_one_state_a_track", fields=["case", "track"]),
        ]


class StatusDecision(models.Model):
    """Presumed, or not: decided on a screening, with reasons as codes beside sealed words."""

    class Reason(models.TextChoices):
        ADVICE = "advice", _("The screening points to it")
        STATEMENT = "statement", _("The person's own account")
        INJURY = "injury", _("Injuries or health")
        DOCUMENTS = "documents", _("Papers, messages or wages records")
        SITUATION = "situation", _("What was seen where the person worked or lived")
        OTHER_BODY = "other_body", _("Another body's findings")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    screening = models.ForeignKey(
        "identification.Screening", on_delete=models.PROTECT, related_name="+"
    )
    presumed = models.BooleanField()
    reasons = ArrayField(models.CharField(max_length=16, choices=Reason))
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="cases_one_decision_a_screening", fields=["screening"]),
            models.CheckConstraint(
                name="cases_decision_has_reasons", condition=Q(reasons__len__gt=0)
            ),
        ]
