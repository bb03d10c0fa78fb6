"""A desk that was asked to help stays silent: another is woken."""

from datetime import datetime

from django.db import transaction

from himaya.cases.turns import take_free_turns
from himaya.kernel.access import Actor
from himaya.notices.outbox import page_desk
from himaya.referrals.models import Referral
from himaya.referrals.operations.trace import AT_ONCE as LOOK_NOW
from himaya.referrals.operations.trace import tell_sender, trace
from himaya.referrals.rules import UNANSWERED
from himaya.vault.models import Compartment, Escalation, Grant

AT_ONCE = 200  # referrals woken in one transaction


@transaction.atomic
def escalate_silent(*, actor: Actor, at: datetime) -> int:
    """Wake the second desk of every referral whose time for an answer is over; returns how many.

    Each once only, also by two workers at once and after days in which none ran: a case on which
    somebody acts waits for next time, and what was woken is not looked at again. Where the pack
    knows no second desk, the sending desk alone is told. The first desk may still answer.
    """
    silent = Referral.objects.filter(
        state__in=UNANSWERED, due_at__lte=at, escalated_at__isnull=True
    ).order_by("due_at")
    waiting = list(silent.values_list("pk", "case_id")[:AT_ONCE])
    free = take_free_turns([case_id for _, case_id in waiting])
    found = silent.filter(pk__in=[pk for pk, _ in waiting], case_id__in=free)
    referrals = list(found.select_for_update(of=("self",)))
    for referral in referrals:
        _wake(referral, actor, at)
    return len(referrals)


def _wake(referral: Referral, actor: Actor, at: datetime) -> None:
    rows: list[Escalation] = []
    if referral.second_id is not None:
        words = Compartment.objects.filter(subject_id=referral.pk).values("pk")
        asleep = Grant.objects.filter(
            compartment__in=words, desk_id=referral.second_id, basis_id=referral.pk, dormant=True
        )
        compartments = sorted(set(asleep.values_list("compartment_id", flat=True)))
        rows = [
            Escalation(compartment_id=compartment_id, desk_id=referral.second_id, at=at)
            for compartment_id in compartments
        ]
        Escalation.objects.bulk_create(rows)
        page_desk(actor=actor, desk_id=referral.second_id, subject_code=LOOK_NOW, at=at)
    referral.escalated_at = at
    tell_sender(referral, "escalated", actor=actor, at=at)
    referral.save(update_fields=["escalated_at", "news"])
    trace(referral, "referral.escalated", actor=actor, at=at, rows=[referral, *rows])
