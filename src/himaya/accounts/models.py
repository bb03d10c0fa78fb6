"""Officers, the desks they sit at, and what they are trained in."""

import uuid
from datetime import datetime
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class OfficerManager(BaseUserManager["Officer"]):
    """Finds officers by their user name, as signing in needs it."""


class Officer(AbstractBaseUser):
    """A person who works in an agency of the pathway. roles: codes of `accounts.roles`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=60, unique=True)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    roles = ArrayField(models.CharField(max_length=40))
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    unrecorded_columns = ("last_login", "password")  # signing in changes them
    objects = OfficerManager()


class Membership(models.Model):
    """An officer sits at a desk, and so may be given its key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="accounts_one_seat_a_desk", fields=["officer", "desk"]),
        ]


class Certificate(models.Model):
    """A training that an officer has passed. topic: a code, for example
    `trauma_informed_interviewing`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=60)
    valid_until = models.DateField()


class TwoPersonActQuerySet(models.QuerySet["TwoPersonAct"]):
    """Acts of two, by where they stand."""

    def live(self, at: datetime) -> Self:
        """Those that wait, or are allowed and not done yet, within their time."""
        return self.filter(
            Q(confirmed__isnull=True) | Q(confirmed=True),
            withdrawn_at__isnull=True,
            used_at__isnull=True,
            expires_at__gt=at,
        )


class TwoPersonAct(models.Model):
    """An act that one person asks for and another allows, before it can be done once.

    act: a code of `accounts.acts_of_two`. other_body: the database fills it in, by the act. Ends
    used, refused, withdrawn, or by its time. Triggers in policies.sql keep what was asked and what
    was decided as they were.
    """

    class Reason(models.TextChoices):
        NEW_COLLEAGUE = "new_colleague", _("A new colleague begins")
        NEW_DUTIES = "new_duties", _("The duties have changed")
        CLEARED = "cleared", _("What stood against it has been cleared up")
        LOST_ACCESS = "lost_access", _("A passphrase or a device was lost")
        LAW_REQUIRES = "law_requires", _("A law or a court requires it")
        PERSON_ASKED = "person_asked", _("The person concerned asked for it")
        DANGER = "danger", _("Somebody is in danger")
        TIME_OVER = "time_over", _("The time for it has come")
        REPAIR = "repair", _("Something failed and must be put right")
        EXERCISE = "exercise", _("It is an exercise")
        NOTHING_TOLD = "nothing_told", _("It tells nothing that anybody could act on")
        OTHER_MATTER = "other_matter", _("It is about another matter, for another office")
        MADE_UP = "made_up", _("It was made up to keep the desk busy")
        KNOWN_TO_ALL = "known_to_all", _("What it says is public, such as a help line")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    act = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    reason = models.CharField(max_length=20, choices=Reason)
    other_body = models.BooleanField(default=True)
    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    asked_by_agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    decided_by_agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    objects = TwoPersonActQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="accounts_two_by_subject", fields=["act", "subject_id"])]
        constraints = [
            models.CheckConstraint(
                name="accounts_two_persons", condition=~Q(asked_by=F("decided_by"))
            ),
            models.CheckConstraint(
                name="accounts_two_bodies",
                condition=Q(other_body=False) | ~Q(asked_by_agency=F("decided_by_agency")),
            ),
            models.CheckConstraint(
                name="accounts_two_decided_whole",
                condition=Q(
                    decided_by__isnull=True,
                    decided_by_agency__isnull=True,
                    decided_at__isnull=True,
                    confirmed__isnull=True,
                )
                | Q(
                    decided_by__isnull=False,
                    decided_by_agency__isnull=False,
                    decided_at__isnull=False,
                    confirmed__isnull=False,
                    withdrawn_at__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="accounts_two_in_time",
                condition=Q(asked_at__lt=F("expires_at"))
                & (
                    Q(decided_at__isnull=True)
                    | Q(decided_at__gte=F("asked_at"), decided_at__lt=F("expires_at"))
                ),
            ),
            models.CheckConstraint(
                name="accounts_two_used_when_allowed",
                condition=Q(used_at__isnull=True)
                | Q(
                    confirmed__isnull=False,
                    confirmed=True,
                    used_at__gte=F("decided_at"),
                    used_at__lt=F("expires_at"),
                ),
            ),
        ]


class Session(AbstractBaseSession):
    """A browser that is signed in, or on its way there; `stored_sessions` reads and writes it.

    session_key: SHA-256 of the key that only the browser has. began_at and seen_at: of an officer
    who has signed in; half an hour after the second it ends, and twelve hours after the first.
    """

    session_key = models.CharField(primary_key=True, max_length=64)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True, db_index=True)

    unrecorded = "a browser comes and goes; what its officer does in it is recorded"


class Tries(models.Model):
    """How often one thing that can be guessed was tried lately; `accounts.tries` counts.

    key: a keyed hash of what was tried and by whom, so that it names nobody. empty_at: when all
    tries will have been forgiven. wrong: those that no entry of the ledger has counted yet.
    """

    key = models.CharField(primary_key=True, max_length=64)
    empty_at = models.DateTimeField()
    wrong = models.PositiveIntegerField(default=0)

    unrecorded = "counts of tries, forgiven by the minute; the worker records their sum"
