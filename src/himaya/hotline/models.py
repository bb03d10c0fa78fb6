"""Calls: codes are what is left of one. While it lasts, what was said lies in a sealed draft."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Call(models.Model):
    """One telephone call, from the moment it was taken. Ends with a code of how it ended.

    operator: who has the caller on the line now; after a hand-over, who took it. language: in which
    the caller is spoken to. earlier, last_on, waits: what was known of calls from the same number
    when the number was typed in; empty when it was withheld. The number stands nowhere.
    """

    class Outcome(models.TextChoices):
        """How calls to helplines end: a report, help without one, and calls that were neither."""

        REPORT = "report", _("A report was filed")
        REFERRED = "referred", _("Sent on to the emergency services")
        INFORMATION = "information", _("Information was given")
        SILENT = "silent", _("Nobody spoke")
        HUNG_UP = "hung_up", _("The caller hung up or the line broke")
        WRONG_NUMBER = "wrong_number", _("A wrong number")
        PRANK = "prank", _("A prank or a test")
        ABUSIVE = "abusive", _("The caller was abusive")
        OTHER = "other", _("Something else")
        LAPSED = "lapsed", _("Nobody ended the call")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    operator = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=12)
    began_at = models.DateTimeField()
    earlier = models.PositiveIntegerField(null=True)
    last_on = models.DateField(null=True)
    waits = models.BooleanField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hotline_ends_with_a_code",
                condition=Q(ended_at__isnull=True, outcome="")
                | (Q(ended_at__isnull=False, ended_at__gte=F("began_at")) & ~Q(outcome="")),
            ),
            models.UniqueConstraint(
                name="hotline_one_call_at_a_time",
                fields=["operator"],
                condition=Q(ended_at__isnull=True),
            ),
        ]
        indexes = [models.Index(name="hotline_calls_of_desk", fields=["desk", "began_at"])]


class Draft(models.Model):
    """What was noted of a call that goes on; afterwards, for minutes, the number to read out.

    sealed: an age file that the operator's own key opens; while the call waits to be handed over,
    the key of the desk that is asked too. Gone when the call ends, when the number was read out, or
    when `until` is over.
    """

    class Holds(models.TextChoices):
        NOTES = "notes", _("What was said")
        NUMBER = "number", _("The number to read out")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="+")
    holds = models.CharField(max_length=8, choices=Holds, default=Holds.NOTES)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()
    until = models.DateTimeField()

    unrecorded = "sealed anew every few seconds and gone with the call; each act on a call is kept"

    class Meta:
        indexes = [models.Index(name="hotline_draft_until", fields=["until"])]


class Handover(models.Model):
    """A call that one operator offers to a desk while the caller waits.

    Ends taken by one officer of that desk, or taken back by whoever gave it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="+", null=True
    )
    taken_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hotline_taken_by_somebody_else",
                condition=Q(taken_by__isnull=True, taken_at__isnull=True)
                | (Q(taken_at__isnull=False, taken_by__isnull=False) & ~Q(taken_by=F("given_by"))),
            ),
            models.CheckConstraint(
                name="hotline_taken_or_withdrawn",
                condition=Q(taken_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="hotline_offered_once_at_a_time",
                fields=["call"],
                condition=Q(taken_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                name="hotline_waiting",
                fields=["desk", "offered_at"],
                condition=Q(taken_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ]


class Caller(models.Model):
    """The number of one call as a keyed token, and the report that came of it.

    No role of a process reads this table; functions of the role `himaya_tokens` count in it. tries:
    how often a number was typed in during this call.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="+")
    token = models.BinaryField()
    report_id = models.UUIDField(null=True)
    tries = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()

    unrecorded = "only himaya_tokens may read it; that a number was asked about is an act"

    class Meta:
        indexes = [
            models.Index(name="hotline_caller_asked", fields=["token"]),
            models.Index(name="hotline_caller_at", fields=["at"]),
        ]
