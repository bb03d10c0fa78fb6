"""Referrals between desks."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from himaya.kernel.access import Actor


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals, for an actor."""

    def visible_to(self, actor: Actor) -> Self:
        """Referrals that the actor's desks made, or were sent; one not sent only to its maker."""
        received = Q(receiver_id__in=actor.desk_ids, sent_at__isnull=False)
        return self.filter(Q(sender_id__in=actor.desk_ids) | received)

    def answered_unread(self) -> Self:
        """Referrals that the receiver has ended and whose sender has not read how."""
        return self.filter(state__in=_ENDED_BY_RECEIVER, answer_read_at__isnull=True)


class Referral(models.Model):
    """A request from one desk to another to serve a person, with consent or by a legal duty.

    duty: the provision of the pack's law, when there is no consent. informed: the person was told.
    answer_read_at: when the sending desk opened what came back with the end.
    Made as a draft, then sent. Ends completed, declined or withdrawn; a draft may be withdrawn too,
    and was then never sent.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent, not yet seen")
        ACKNOWLEDGED = "acknowledged", _("Seen, not yet answered")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        COMPLETED = "completed", _("Completed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Priority(models.TextChoices):
        EMERGENCY = "emergency", _("Emergency")
        URGENT = "urgent", _("Urgent")
        NORMAL = "normal", _("Normal")

    class DeclineReason(models.TextChoices):
        NO_PLACE = "no_place", _("No free place")
        NOT_OUR_TASK = "not_our_task", _("Outside what we do")
        UNSAFE_HERE = "unsafe_here", _("The person would not be safe here")
        NEEDS_OTHER_CARE = "needs_other_care", _("The person needs care we cannot give")

    class Outcome(models.TextChoices):
        SERVED = "served", _("The service was given")
        PARTLY_SERVED = "partly_served", _("Part of the service was given")
        PERSON_LEFT = "person_left", _("The person chose to leave")
        MOVED_ON = "moved_on", _("The person moved on to another service")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    pseudonym = models.CharField(max_length=12)
    sender = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(
        "consent.Consent", on_delete=models.PROTECT, related_name="+", null=True
    )
    duty = models.CharField(max_length=60, blank=True)
    informed = models.BooleanField()
    priority = models.CharField(max_length=12, choices=Priority)
    kinds = ArrayField(models.CharField(max_length=16), default=list)
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answer_read_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=20, choices=DeclineReason, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referral_not_to_oneself", condition=~Q(sender=F("receiver"))
            ),
            models.CheckConstraint(
                name="referral_has_a_basis", condition=Q(consent__isnull=False) | ~Q(duty="")
            ),
            models.CheckConstraint(
                name="referral_sent_at_iff_sent",
                condition=Q(state__in=["draft", "withdrawn"], sent_at__isnull=True)
                | ~Q(state="draft") & Q(sent_at__isnull=False, due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_declined_with_reason",
                condition=Q(state="declined") & ~Q(decline_reason="")
                | ~Q(state="declined") & Q(decline_reason=""),
            ),
            models.CheckConstraint(
                name="referral_completed_with_outcome",
                condition=Q(state="completed") & ~Q(outcome="")
                | ~Q(state="completed") & Q(outcome=""),
            ),
        ]
        indexes = [
            models.Index(name="referrals_inbox", fields=["receiver", "state", "due_at"]),
            models.Index(name="referrals_outbox", fields=["sender", "state"]),
        ]

    @property
    def answer_waits(self) -> bool:
        """True while the sending desk has not read how the receiver ended it."""
        return self.state in _ENDED_BY_RECEIVER and self.answer_read_at is None


_ENDED_BY_RECEIVER = (Referral.State.DECLINED, Referral.State.COMPLETED)


class SentFact(models.Model):
    """A coded fact as it was when the referral was sent; the receiver sees no later change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    fact = models.CharField(max_length=40)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="referrals_fact_once", fields=["referral", "fact"]),
        ]
