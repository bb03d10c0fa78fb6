"""Alarms, reviews, emergency openings and releases. Coded facts only; words lie in the vault."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from himaya.vault.models import BlindToken


def both_or_neither(*fields: str) -> Q:
    """The fields are all set, or none of them is."""
    nothing = Q(**{f"{field}__isnull": True for field in fields})
    return nothing | Q(**{f"{field}__isnull": False for field in fields})


class Scan(models.Model):
    """How far the worker has read the ledger. There is one row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    next_index = models.BigIntegerField()

    unrecorded = "the worker's place in the ledger; read again from the start it comes out the same"


class Opening(models.Model):
    """One opening that nothing on the officer's list explains, worked out of the ledger.

    strange: not even under way at one of the officer's desks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    subject_id = models.UUIDField()
    entry_index = models.BigIntegerField()
    at = models.DateTimeField()
    strange = models.BooleanField()

    unrecorded = "worked out of the ledger's own entries, which prove it"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="accountability_opening_once", fields=["entry_index"]),
        ]
        indexes = [models.Index(name="accountability_by_officer", fields=["officer", "at"])]


class Alarm(models.Model):
    """An officer opens files that nothing explains, or one that nobody should ever open.

    Raised by the worker; ends looked at and closed, with a finding, by somebody else.
    """

    class Kind(models.TextChoices):
        BROWSING = "browsing", _("Files were opened that nothing explains")
        CANARY = "canary", _("A file was opened that nobody should open")
        ASKING = "asking", _("Many persons were searched for by name")

    class Finding(models.TextChoices):
        EXPLAINED = "explained", _("Explained: the openings belonged to the work")
        HAND_OVER = "hand_over", _("Explained: work was handed over and not recorded")
        MISTAKE = "mistake", _("A mistake; talked about with the officer")
        MISUSE = "misuse", _("Misuse; passed to the body that decides on it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=16, choices=Kind)
    officer = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    entry_index = models.BigIntegerField()
    openings = models.PositiveIntegerField()
    within_minutes = models.PositiveIntegerField()
    raised_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="+", null=True
    )
    closed_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=16, choices=Finding, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="accountability_alarm_once", fields=["entry_index", "kind"]
            ),
            models.CheckConstraint(
                name="accountability_alarm_closed_by_another",
                condition=~Q(closed_by=F("officer")),
            ),
            models.CheckConstraint(
                name="accountability_alarm_closed_whole",
                condition=both_or_neither("closed_by", "closed_at")
                & (
                    Q(closed_at__isnull=True, finding="")
                    | Q(closed_at__isnull=False) & ~Q(finding="")
                ),
            ),
        ]
        indexes = [models.Index(name="accountability_alarms", fields=["agency", "closed_at"])]


class Review(models.Model):
    """One opening of a hundred or so, drawn by nobody's choice: was it needed?"""

    class Answer(models.TextChoices):
        NEEDED = "needed", _("Yes, it was needed")
        NOT_NEEDED = "not_needed", _("No, it was not needed")
        ASKED = "asked", _("I asked the officer, and it is settled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    subject_id = models.UUIDField()
    entry_index = models.BigIntegerField()
    opened_at = models.DateTimeField()
    purpose = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=16, blank=True)
    drawn_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="+", null=True
    )
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=16, choices=Answer, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="accountability_review_once", fields=["entry_index"]),
            models.CheckConstraint(
                name="accountability_review_by_another",
                condition=~Q(answered_by=F("officer")),
            ),
            models.CheckConstraint(
                name="accountability_review_answered_whole",
                condition=both_or_neither("answered_by", "answered_at")
                & (
                    Q(answered_at__isnull=True, answer="")
                    | Q(answered_at__isnull=False) & ~Q(answer="")
                ),
            ),
        ]
        indexes = [models.Index(name="accountability_reviews", fields=["agency", "answered_at"])]


class Emergency(models.Model):
    """A report was opened before its desk was silent, by the desk that would have taken over.

    words: the compartment of the written reason, which the oversight desks can open. Ends by
    itself; reviewed afterwards by somebody of another body.
    """

    class Reason(models.TextChoices):
        LIFE = "life", _("Somebody's life or body is in danger now")
        CHILD = "child", _("A child is in danger now")
        CAPTIVITY = "captivity", _("Somebody is about to be moved or locked away")
        DESK_AWAY = "desk_away", _("The first desk cannot be reached and it cannot wait")

    class Verdict(models.TextChoices):
        RIGHT = "right", _("It was right to open it")
        WRONG = "wrong", _("It should not have been opened")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("reporting.Report", on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    first_desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    first_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=Reason)
    words = models.ForeignKey("vault.Compartment", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="+", null=True
    )
    reviewed_by_agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True
    )
    reviewed_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accountability_emergency_ends", condition=Q(until__gt=F("opened_at"))
            ),
            models.CheckConstraint(
                name="accountability_emergency_reviewed_by_another_body",
                condition=~Q(reviewed_by=F("officer")) & ~Q(reviewed_by_agency=F("agency")),
            ),
            models.CheckConstraint(
                name="accountability_emergency_reviewed_whole",
                condition=both_or_neither("reviewed_by", "reviewed_by_agency", "reviewed_at")
                & (
                    Q(reviewed_at__isnull=True, verdict="")
                    | Q(reviewed_at__isnull=False) & ~Q(verdict="")
                ),
            ),
        ]
        indexes = [models.Index(name="accountability_emergencies", fields=["reviewed_at"])]


class Canary(models.Model):
    """An invented case exists whose opening raises an alarm.

    tag: an HMAC of the case's id under a key outside the database, so that the table does not
    tell which cases they are.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tag = models.BinaryField(unique=True)
    planted_at = models.DateTimeField()


class Release(models.Model):
    """A judge's order: the person may see what police and prosecution read before a moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_id = models.UUIDField(db_index=True)
    ordered_on = models.DateField()
    before = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()


class NameSearch(models.Model):
    """An officer searched for a person by name, document or telephone number, and said why.

    What was searched for and what was answered stands nowhere. words: the compartment of the
    written reason, which the oversight desks can open.
    """

    class Reason(models.TextChoices):
        HERE_NOW = "here_now", _("The person is here, and I check whether they are known")
        REPORTED = "reported", _("A report names the person")
        RELATIVE = "relative", _("A relative or a friend looks for the person")
        DANGER = "danger", _("Somebody may be in danger now")
        TWICE = "twice", _("I think that the person has two cases")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    domain = models.CharField(max_length=8, choices=BlindToken.Domain)
    reason = models.CharField(max_length=16, choices=Reason)
    words = models.ForeignKey("vault.Compartment", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="accountability_searches", fields=["officer", "at"])]
