"""What the receiving desk was given, and its end."""

from datetime import datetime

from django.db.models import Model

from himaya.referrals import asleep
from himaya.referrals.models import Referral
from himaya.referrals.queries import shares_of
from himaya.referrals.rules import LIVE
from himaya.vault.withdraw import withdraw as withdraw_key


def end_shares(referral: Referral, at: datetime) -> tuple[list[Model], list[Model]]:
    """End the receiver's grants on the person's file. Their own correspondence stays with both.

    What still sleeps, because nobody accepted or nobody had to be woken, goes as well; it was never
    opened, so no key turns for it. The row must stand as ended already. Returns the rows that came
    and those that went, for the caller's trace.
    """
    rows: list[Model] = []
    gone: list[Model] = [*asleep.forget(referral)]
    others = Referral.objects.filter(
        consent=referral.consent_id, state__in=LIVE, sent_at__isnull=False
    )
    if referral.consent_id and others.exclude(pk=referral.pk).exists():
        return rows, gone  # another live referral rests on the same consent
    awake = shares_of(referral).filter(dormant=False)
    for compartment_id in sorted(set(awake.values_list("compartment_id", flat=True))):
        ended, epoch, grants = withdraw_key(
            compartment_id=compartment_id,
            desk_id=referral.receiver_id,
            bases=[referral.consent_id or referral.pk],
            at=at,
        )
        gone += ended
        rows += [epoch, *grants]
    return rows, gone
