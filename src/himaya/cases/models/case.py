"""One person's way through the pathway, as codes."""

import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from himaya.cases.models.person import Person
from himaya.kernel.access import Actor


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, for an actor."""

    def visible_to(self, actor: Actor) -> Self:
        """Cases that one of the actor's desks leads, or identifies the person of."""
        return self.filter(
            Q(desk_id__in=actor.desk_ids) | Q(identification_desk_id__in=actor.desk_ids)
        )

    def live(self) -> Self:
        """Cases that stand for themselves: not those that another case took over."""
        return self.filter(merged_into=None)


LISTED = Q(merged_into__isnull=True)


def _worklists(desk: str) -> list[models.Index]:
    """The orders in which the cases of a desk are listed and searched. desk: of which column."""
    short = desk.removesuffix("_desk")[:5]
    return [
        models.Index(
            name=f"cases_{short}_open",
            fields=[desk, "-opened_at", "-id"],
            condition=LISTED & Q(state="open"),
        ),
        models.Index(
            name=f"cases_{short}_closed",
            fields=[desk, "-closed_at", "-id"],
            condition=LISTED & Q(state="closed"),
        ),
        models.Index(
            name=f"cases_{short}_all", fields=[desk, "-opened_at", "-id"], condition=LISTED
        ),
        models.Index(
            name=f"cases_{short}_place",
            fields=[desk, "place", "-opened_at", "-id"],
            condition=LISTED,
        ),
    ]


class Case(models.Model):
    """One person's way through the pathway. Opened from a report; ends closed, with an outcome.

    pack: the pack and version that the case began with. kept_from: codes of agencies that the
    report names; nothing about the person goes to a desk of theirs. worker: the officer who leads
    the case at its desk, null while nobody does. place: a district of the country pack, where the
    person is or was found; never an address. merged_into: the case that took this one over.
    first_sign_at: when anybody first had a sign of it, by a report or an interview; null in cases
    older than that.
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

    class Danger(models.TextChoices):
        HIGH = "high", _("High danger")
        MEDIUM = "medium", _("Some danger")
        LOW = "low", _("Low danger")

    class Interpreter(models.TextChoices):
        NEEDED = "needed", _("Needs an interpreter")
        NOT_NEEDED = "not_needed", _("Needs no interpreter")

    class Reachable(models.TextChoices):
        ANY_TIME = "any_time", _("At any time")
        MORNING = "morning", _("In the morning only")
        AFTERNOON = "afternoon", _("In the afternoon only")
        EVENING = "evening", _("In the evening only")
        DAY_OFF = "day_off", _("On the person's day off only")
        THEY_CALL = "they_call", _("Never: the person gets in touch")

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
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    pack = models.CharField(max_length=40)
    kept_from = ArrayField(models.CharField(max_length=40), default=list)
    opened_at = models.DateTimeField()
    first_sign_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    status = models.CharField(max_length=16, choices=Status, default=Status.NONE)
    child = models.CharField(max_length=8, choices=Child, default=Child.UNKNOWN)
    danger = models.CharField(max_length=8, choices=Danger, blank=True)
    sex = models.CharField(max_length=8, blank=True)
    citizenship = models.CharField(max_length=3, blank=True)
    language = models.CharField(max_length=12, blank=True)
    interpreter = models.CharField(max_length=12, choices=Interpreter, blank=True)
    reachable = models.CharField(max_length=12, choices=Reachable, blank=True)
    place = models.CharField(max_length=40, blank=True)
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
            models.CheckConstraint(
                name="cases_case_is_not_merged_into_itself",
                condition=~Q(merged_into=models.F("id")),
            ),
        ]
        # A list of cases begins at a desk, and goes on by moment and key: `accounts/paging.py`.
        indexes = [
            *_worklists("desk"),
            *_worklists("identification_desk"),
            models.Index(
                name="cases_case_undecided",
                fields=["identification_desk", "opened_at", "id"],
                condition=LISTED & Q(state="open", status="none"),
            ),
        ]
