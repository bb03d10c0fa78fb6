"""What the receiving desk was given, and its end."""

from datetime import datetime

from django.db.models import Model

from himaya.referrals.models import Referral
from himaya.referrals.queries import shares_of
from himaya.referrals.rules import LIVE
from himaya.vault.withdraw import withdraw as withdraw_key


def end_shares(referral: Referral, at: datetime) -> tuple[list[Model], list[Model]]:
    """End the receiver's grants on the person's file. Their own correspondence stays with both.

    Returns the rows that came and those that went, for the caller's trace.
    """
    rows: list[Model] = []
    gone: list[Model] = []
    others = Referral.objects.filter(
        consent=referral.consent_id, state__in=LIVE, sent_at__isnull=False
    )
    if referral.consent_id and others.exclude(pk=referral.pk).exists():
        return rows, gone  # another live referral rests on the same consent
    for compartment_id in sorted(set(shares_of(referral).values_list("compartment_id", flat=True))):
        ended, epoch, grants = withdraw_key(
            compartment_id=compartment_id, desk_id=referral.receiver_id, at=at
        )
        gone += ended
        rows += [epoch, *grants]
    return rows, gone
