"""One referral as nameless facts: how soon a desk of some kind answered another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from himaya.audit.models import Entry
from himaya.referrals.models import Referral

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """What one referral adds to the figures. Codes, a month and hours; no id, no day, no desk.

    sent_month: the first day of the month in which it was sent. sender_kind, receiver_kind: kinds
    of desk. …_hours: whole hours from the sending, None while it has not come to that.
    escalated: the time for an answer went by, and another desk was woken. state: where it stands.
    """

    sent_month: date
    kind: str
    sender_kind: str
    receiver_kind: str
    priority: str
    state: str
    escalated: bool
    acknowledged_hours: int | None
    answered_hours: int | None


def answer_facts_of(referral: Referral) -> ReferralFacts | None:
    """The nameless facts of a referral as it stands now; none of one that was never sent."""
    sent_at = referral.sent_at
    if sent_at is None:
        return None

    def hours(at: datetime | None) -> int | None:
        return max((at - sent_at) // HOUR, 0) if at else None

    return ReferralFacts(
        sent_month=sent_at.date().replace(day=1),
        kind=referral.kind,
        sender_kind=referral.sender.kind,
        receiver_kind=referral.receiver.kind,
        priority=referral.priority,
        state=referral.state,
        escalated=referral.escalated_at is not None,
        acknowledged_hours=hours(referral.acknowledged_at),
        answered_hours=hours(referral.answered_at),
    )


def referrals_touched(*, after: int) -> Iterator[tuple[UUID, UUID, ReferralFacts]]:
    """Referral, case and facts now, of cases that entries numbered `after` or later are about."""
    touched = Entry.objects.filter(
        index__gte=after, subject_id__isnull=False, act__startswith="referral."
    )
    found = Referral.objects.filter(
        case__in=touched.values("subject_id"), sent_at__isnull=False
    ).select_related("sender", "receiver")
    for referral in found.iterator():
        facts = answer_facts_of(referral)
        if facts is not None:
            yield referral.pk, referral.case_id, facts
