"""What may be agreed to: as far as the country's pack goes, and no further."""

from datetime import timedelta

import pytest

from himaya.consent.errors import (
    AlreadyWithdrawn,
    AskedAgainAlready,
    MoveNotOpen,
    NeverShared,
    NoSuchBasis,
    NotImplied,
    NotRenewable,
    NotValid,
    TimeIsOver,
)
from himaya.consent.models import Consent
from himaya.consent.rules import (
    check_covered,
    check_implied,
    check_may_answer,
    check_may_refuse,
    check_may_share,
    check_may_withdraw,
    check_renewable,
    check_valid,
)
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotPermitted
from himaya.packs.loader import current
from himaya.packs.vocabulary import COMPARTMENTS, PURPOSES, Decider
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


G, A = Consent.State.GRANTED, Consent.State.ASKED
ENDED = [each for each in Consent.State if each not in (A, G)]


@pytest.mark.parametrize(
    ("state", "until", "refusal"),
    [
        (G, timedelta(seconds=1), None),
        (G, timedelta(0), NotValid),
        (G, timedelta(seconds=-1), NotValid),
        *((each, timedelta(days=9), NotValid) for each in [A, *ENDED]),
    ],
)
def test_a_consent_holds_from_a_yes_until_its_end(state, until, refusal):
    consent = Consent(state=state, until=NOON + until)

    assert refusal_of(check_valid, consent, NOON) is refusal


CLERK = Actor(
    kind="officer", name="case_worker", permissions=frozenset({Permission.CONSENT_RECORD})
)
OTHER = Actor(kind="officer", name="case_worker", permissions=frozenset({Permission.CASE_WORK}))
NOT_YET, OVER = timedelta(hours=1), timedelta(0)


@pytest.mark.parametrize(
    ("check", "actor", "state", "until", "refusal"),
    [
        ("answer", CLERK, A, NOT_YET, None),
        ("answer", CLERK, A, OVER, TimeIsOver),
        ("answer", OTHER, A, NOT_YET, NotPermitted),
        *(("answer", CLERK, each, NOT_YET, MoveNotOpen) for each in [G, *ENDED]),
        ("refuse", CLERK, A, NOT_YET, None),
        ("refuse", CLERK, A, OVER, None),
        ("refuse", OTHER, A, NOT_YET, NotPermitted),
        *(("refuse", CLERK, each, NOT_YET, MoveNotOpen) for each in [G, *ENDED]),
        ("withdraw", CLERK, G, NOT_YET, None),
        ("withdraw", CLERK, G, OVER, None),
        ("withdraw", OTHER, G, NOT_YET, NotPermitted),
        ("withdraw", CLERK, Consent.State.WITHDRAWN, NOT_YET, AlreadyWithdrawn),
        ("withdraw", CLERK, A, NOT_YET, MoveNotOpen),
        ("withdraw", CLERK, Consent.State.EXPIRED, NOT_YET, MoveNotOpen),
        ("withdraw", CLERK, Consent.State.RENEWED, NOT_YET, MoveNotOpen),
    ],
)
def test_what_may_be_recorded_in_which_state(check, actor, state, until, refusal):
    consent = Consent(state=state, until=NOON + until)

    found = {
        "answer": lambda: refusal_of(check_may_answer, actor, consent, NOON),
        "refuse": lambda: refusal_of(check_may_refuse, actor, consent),
        "withdraw": lambda: refusal_of(check_may_withdraw, actor, consent),
    }[check]()

    assert found is refusal


def test_a_renewal_follows_what_holds_and_nothing_else():
    for state in Consent.State:
        consent = Consent(state=state, until=NOON + NOT_YET)
        found = refusal_of(check_renewable, consent, NOON, asked_again=False)
        assert found is (None if state == G else NotRenewable)
    by_law = Consent(state=G, until=NOON + NOT_YET, legal_basis="danger_to_life")
    assert refusal_of(check_renewable, by_law, NOON, asked_again=False) is NotRenewable
    held = Consent(state=G, until=NOON + NOT_YET)
    assert refusal_of(check_renewable, held, NOON, asked_again=True) is AskedAgainAlready


DANGER = current().basis("danger_to_life")
MOST = timedelta(days=DANGER.days)


@pytest.mark.parametrize(
    ("kind", "kinds", "lasts", "fits"),
    [
        ("SHELTER", ["identity", "needs"], MOST, True),
        ("SHELTER", ["identity"], MOST + timedelta(seconds=1), False),
        ("SHELTER", ["identity"], timedelta(0), False),
        ("SHELTER", ["identity", "narrative"], MOST, False),
        ("PROSECUTION", ["identity"], MOST, False),
    ],
)
def test_a_legal_basis_opens_what_it_names_and_no_more(kind, kinds, lasts, fits):
    found = refusal_of(check_covered, DANGER, kind=kind, kinds=kinds, until=NOON + lasts, at=NOON)

    assert found is (None if fits else NoSuchBasis)


def test_urgent_care_alone_is_taken_for_granted_and_only_for_some_days():
    (implicit,) = current().implicit
    long = timedelta(days=implicit.days)

    for entry, lasts, refusal in (
        (implicit, long, None),
        (implicit, long + timedelta(seconds=1), NotImplied),
        (None, timedelta(hours=1), NotImplied),
    ):
        consent = Consent(purpose="health", until=NOON + lasts)
        assert refusal_of(check_implied, entry, consent, NOON) is refusal


def test_every_purpose_is_a_word_of_the_packs():
    assert set(Consent.Purpose.values) == PURPOSES
    assert set(Consent.Giver.values) == {each.value for each in Decider}
