"""The functions of policies.sql, called by name: what sleeps with a referral, and its waking.

They run as the owner, because the receiving desk does not see what sleeps for it.
"""

from datetime import datetime
from uuid import UUID

from himaya.referrals.models import Referral
from himaya.vault.models import CompartmentEpoch, Grant


def wake(referral: Referral) -> list[Grant]:
    """Let the desk whose officer has just accepted open what was shared; the grants, awake."""
    return list(Grant.objects.raw("SELECT * FROM referrals_wake(%s)", [referral.pk]))


def forget(referral: Referral) -> list[Grant]:
    """What still sleeps with a referral that has ended goes; the grants that went, by id alone."""
    query = "SELECT gone AS id FROM referrals_forget(%s)"
    return list(Grant.objects.raw(query, [referral.pk]))


def answer_key(referral: Referral) -> CompartmentEpoch:
    """What the two desks tell each other is sealed to this; also by who may not open it yet."""
    found = CompartmentEpoch.objects.raw("SELECT * FROM referrals_answer_key(%s)", [referral.pk])
    return next(iter(found))


def follow_case(case_id: UUID, at: datetime) -> list[Referral]:
    """The referrals of a case just taken over that go on for its new desk, or end unsent."""
    query = "SELECT * FROM referrals_follow_case(%s, %s)"
    return list(Referral.objects.raw(query, [case_id, at]))
