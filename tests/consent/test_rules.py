"""What may be agreed to: as far as the country's pack goes, and no further."""

from datetime import timedelta

import pytest

from himaya.consent.errors import AlreadyWithdrawn, NeverShared, NotValid
from himaya.consent.models import Consent
from himaya.consent.rules import check_may_share, check_may_withdraw, check_valid
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotPermitted
from himaya.packs.loader import current
from himaya.packs.vocabulary import COMPARTMENTS
from tests.factories.moments import NOON
from tests.factories.refusals import refusal_of

EVERY_PAIR = [(policy, kind) for policy in current().shares for kind in sorted(COMPARTMENTS)]


@pytest.mark.parametrize(("policy", "kind"), EVERY_PAIR, ids=lambda each: getattr(each, "to", each))
def test_every_part_of_the_file_against_every_kind_of_desk(policy, kind):
    may = kind in policy.compartments and kind not in policy.never

    assert refusal_of(check_may_share, policy, [kind]) is (None if may else NeverShared)


@pytest.mark.parametrize(
    "kind", ["narrative", "needs", "health", "counselling", "legal", "shelter"]
)
def test_nothing_that_was_told_to_a_helper_goes_to_the_prosecution(kind):
    policy = next(each for each in current().shares if each.to == "PROSECUTION")

    assert refusal_of(check_may_share, policy, ["identity", kind]) is NeverShared
    assert refusal_of(check_may_share, policy, ["identity"]) is None


def test_who_reported_is_shared_with_nobody():
    assert all(
        refusal_of(check_may_share, policy, ["informant"]) is NeverShared
        for policy in current().shares
    )


def test_a_kind_of_desk_without_a_policy_gets_nothing():
    assert refusal_of(check_may_share, None, ["needs"]) is NeverShared


@pytest.mark.parametrize(
    ("until", "withdrawn_at", "refusal"),
    [
        (timedelta(seconds=1), None, None),
        (timedelta(0), None, NotValid),
        (timedelta(seconds=-1), None, NotValid),
        (timedelta(days=9), timedelta(days=-1), NotValid),
        (timedelta(days=9), timedelta(0), NotValid),
    ],
)
def test_a_consent_holds_until_its_end_or_its_withdrawal(until, withdrawn_at, refusal):
    ended = None if withdrawn_at is None else NOON + withdrawn_at
    consent = Consent(until=NOON + until, withdrawn_at=ended)

    assert refusal_of(check_valid, consent, NOON) is refusal


@pytest.mark.parametrize(
    ("held", "withdrawn_at", "refusal"),
    [
        ({Permission.CONSENT_RECORD}, None, None),
        ({Permission.CASE_WORK}, None, NotPermitted),
        ({Permission.CONSENT_RECORD}, NOON, AlreadyWithdrawn),
    ],
)
def test_who_may_record_a_withdrawal(held, withdrawn_at, refusal):
    actor = Actor(kind="officer", name="case_worker", permissions=frozenset(held))
    consent = Consent(withdrawn_at=withdrawn_at)

    assert refusal_of(check_may_withdraw, actor, consent) is refusal
