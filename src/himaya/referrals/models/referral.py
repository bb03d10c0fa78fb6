"""A request from one desk to another."""

import uuid
from typing import Self, TypeAlias

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from himaya.kernel.access import Actor
from himaya.referrals.models import codes

ENDED_BY_RECEIVER = (codes.State.DECLINED, codes.State.COMPLETED)
UNSENT = (codes.State.DRAFT, codes.State.CHECKED)
UNANSWERED = (codes.State.SENT, codes.State.ACKNOWLEDGED)


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals, for an actor."""

    def visible_to(self, actor: Actor) -> Self:
        """Referrals that the actor's desks made, or were sent, or must see to because of silence.

        One that was not sent is known to its maker alone.
        """
        received = Q(receiver_id__in=actor.desk_ids, sent_at__isnull=False)
        woken = Q(second_id__in=actor.desk_ids, escalated_at__isnull=False)
        return self.filter(Q(sender_id__in=actor.desk_ids) | received | woken)

    def answered_unread(self) -> Self:
        """Referrals with something new that nobody at the sending desk has seen yet."""
        return self.exclude(news="")


class Referral(models.Model):
    """A request from one desk to another: to serve a person, or to lead their case from now on.

    It rests on a consent, or on a legal duty: `duty` is the provision of the pack's law. informed:
    the person was told. sender_stays: of a transfer, the person lets the former desk go on reading.
    sent_by, answered_by: the officers. second: the desk that is woken when the receiver is silent,
    escalated_at: when it was. news: what the sending desk has not seen yet, a state or
    `escalated`. given_on, given_by, results, next_need: the structured outcome; given_by is a class
    of office. follows: the declined referral in whose place this one was made. answer_read_at: when
    the sending desk opened what came back with the end.
    Made as a draft; ends completed, declined or withdrawn. One never sent may be withdrawn too.
    """

    Kind: TypeAlias = codes.Kind
    State: TypeAlias = codes.State
    Priority: TypeAlias = codes.Priority
    Need: TypeAlias = codes.Need
    DeclineReason: TypeAlias = codes.DeclineReason
    Outcome: TypeAlias = codes.Outcome
    Result: TypeAlias = codes.Result

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=codes.Kind, default=codes.Kind.SERVICE)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    pseudonym = models.CharField(max_length=12)
    sender = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(
        "consent.Consent", on_delete=models.PROTECT, related_name="+", null=True
    )
    duty = models.CharField(max_length=60, blank=True)
    informed = models.BooleanField()
    sender_stays = models.BooleanField(default=False)
    need = models.CharField(max_length=16, choices=codes.Need, default=codes.Need.OTHER)
    priority = models.CharField(max_length=12, choices=codes.Priority)
    kinds = ArrayField(models.CharField(max_length=16), default=list)
    state = models.CharField(max_length=16, choices=codes.State, default=codes.State.DRAFT)
    made_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.UUIDField(null=True)
    due_at = models.DateTimeField(null=True)
    second = models.ForeignKey(
        "agencies.Desk", on_delete=models.PROTECT, related_name="+", null=True
    )
    escalated_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    news = models.CharField(max_length=16, blank=True)
    answer_read_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=20, choices=codes.DeclineReason, blank=True)
    alternative = models.ForeignKey(
        "agencies.Desk", on_delete=models.PROTECT, related_name="+", null=True
    )
    outcome = models.CharField(max_length=16, choices=codes.Outcome, blank=True)
    results = ArrayField(models.CharField(max_length=20, choices=codes.Result), default=list)
    given_on = models.DateField(null=True)
    given_by = models.CharField(max_length=40, blank=True)
    next_need = models.CharField(max_length=16, choices=codes.Need, blank=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)

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
                condition=Q(state__in=["draft", "checked", "withdrawn"], sent_at__isnull=True)
                | ~Q(state__in=["draft", "checked"])
                & Q(sent_at__isnull=False, due_at__isnull=False),
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
            models.CheckConstraint(
                name="referral_answered_by_another",
                condition=Q(answered_by__isnull=True)
                | Q(sent_by__isnull=True)
                | ~Q(answered_by=F("sent_by")),
            ),
            models.CheckConstraint(
                name="referral_second_is_another_desk",
                condition=Q(second__isnull=True)
                | ~Q(second=F("receiver")) & ~Q(second=F("sender")),
            ),
            models.CheckConstraint(
                name="referral_taken_over_only_by_transfer",
                condition=~Q(outcome="taken_over") | Q(kind="transfer"),
            ),
            models.UniqueConstraint(
                name="referrals_one_live_transfer_a_case",
                fields=["case"],
                condition=Q(kind="transfer", state__in=["sent", "acknowledged", "accepted"]),
            ),
        ]
        indexes = [
            models.Index(
                name="referrals_inbox",
                fields=["receiver", "priority", "due_at", "id"],
                condition=Q(state__in=["sent", "acknowledged"]),
            ),
            models.Index(
                name="referrals_serving",
                fields=["receiver", "-answered_at", "-id"],
                condition=Q(state__in=["accepted", "in_service"]),
            ),
            models.Index(
                name="referrals_ended",
                fields=["receiver", "-ended_at", "-id"],
                condition=Q(state__in=["completed", "declined", "withdrawn"]),
            ),
            models.Index(name="referrals_outbox", fields=["sender", "-made_at", "-id"]),
            models.Index(
                name="referrals_news", fields=["sender", "due_at", "id"], condition=~Q(news="")
            ),
            models.Index(
                name="referrals_silent",
                fields=["due_at"],
                condition=Q(state__in=["sent", "acknowledged"], escalated_at__isnull=True),
            ),
            models.Index(
                name="referrals_overtaken",
                fields=["second", "state"],
                condition=Q(escalated_at__isnull=False),
            ),
        ]

    @property
    def answer_waits(self) -> bool:
        """True while the sending desk has not read how the receiver ended it."""
        return self.state in ENDED_BY_RECEIVER and self.answer_read_at is None

    @property
    def is_transfer(self) -> bool:
        """True when the receiver is asked to lead the case."""
        return self.kind == codes.Kind.TRANSFER
