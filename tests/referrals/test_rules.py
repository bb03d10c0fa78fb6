"""Who may do what with a referral, in every state."""

from itertools import product
from uuid import UUID

import pytest

from himaya.agencies.models import Desk
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotPermitted
from himaya.referrals.errors import (
    AlreadyAsked,
    MoveNotOpen,
    NotTheReceiver,
    NotTheSender,
    OwnReferral,
)
from himaya.referrals.models import Referral
from himaya.referrals.rules import (
    LIVE,
    MOVES,
    check_may_answer,
    check_may_read,
    check_may_send,
    check_nobody_else_asked,
)
from tests.factories.moments import NOON
from tests.factories.refusals import refusal_of

State = Referral.State
SENDER, RECEIVER, STRANGER = UUID(int=1), UUID(int=2), UUID(int=3)
DESKS = {
    "sender": {SENDER},
    "receiver": {RECEIVER},
    "stranger": {STRANGER},
    "both": {SENDER, RECEIVER},
}
# By the sender, and by the receiver; what is not here is refused.
SENDS = {
    (State.DRAFT, State.SENT),
    (State.DRAFT, State.WITHDRAWN),
    (State.SENT, State.WITHDRAWN),
    (State.ACKNOWLEDGED, State.WITHDRAWN),
}
ANSWERS = {
    (State.SENT, State.ACKNOWLEDGED),
    (State.ACKNOWLEDGED, State.ACCEPTED),
    (State.ACKNOWLEDGED, State.DECLINED),
    (State.ACCEPTED, State.COMPLETED),
}
EVERY_PAIR = list(product(State, State))
ALL = frozenset(Permission)


def referral(state, **changes):
    """A referral in this state."""
    sent_at = None if state == State.DRAFT else NOON
    return Referral(
        **{"sender_id": SENDER, "receiver_id": RECEIVER, "state": state, "sent_at": sent_at}
        | changes
    )


def officer(who, held=ALL):
    """An officer who sits there."""
    return Actor(
        kind="officer",
        name="officer",
        desk_ids=frozenset(DESKS[who]),
        permissions=frozenset(held),
    )


@pytest.mark.parametrize(("now", "then"), EVERY_PAIR)
def test_every_pair_of_states(now, then):
    assert MOVES.may(now, then) is ((now, then) in SENDS | ANSWERS)


def test_nothing_follows_an_end():
    assert {State.DRAFT, State.SENT, State.ACKNOWLEDGED, State.ACCEPTED} == LIVE


@pytest.mark.parametrize(("now", "then"), [pair for pair in EVERY_PAIR if pair not in SENDS])
def test_the_receiver_answers_in_these_states_only(now, then):
    if now == State.DRAFT:
        refusal = NotTheReceiver
    else:
        refusal = None if (now, then) in ANSWERS else MoveNotOpen

    assert refusal_of(check_may_answer, officer("receiver"), referral(now), then) is refusal


@pytest.mark.parametrize("now", State)
@pytest.mark.parametrize("then", [State.ACKNOWLEDGED, State.ACCEPTED, State.DECLINED])
@pytest.mark.parametrize("who", ["sender", "stranger"])
def test_nobody_but_the_receiver_answers_or_learns_the_state(now, then, who):
    assert refusal_of(check_may_answer, officer(who), referral(now), then) is NotTheReceiver


@pytest.mark.parametrize(("now", "then"), sorted(ANSWERS))
def test_nobody_answers_their_own_referral(now, then):
    assert refusal_of(check_may_answer, officer("both"), referral(now), then) is OwnReferral


def test_a_referral_that_was_withdrawn_before_it_left_is_unknown_to_the_receiver():
    never_sent = referral(State.WITHDRAWN, sent_at=None)

    assert refusal_of(check_may_answer, officer("receiver"), never_sent, State.ACCEPTED) is (
        NotTheReceiver
    )


@pytest.mark.parametrize("then", [State.ACKNOWLEDGED, State.ACCEPTED, State.COMPLETED])
def test_answering_needs_the_permission(then):
    held = ALL - {Permission.REFERRAL_ANSWER}
    sent = referral(State.SENT)

    assert refusal_of(check_may_answer, officer("receiver", held), sent, then) is NotPermitted


@pytest.mark.parametrize(("now", "then"), [pair for pair in EVERY_PAIR if pair not in ANSWERS])
@pytest.mark.parametrize("who", ["sender", "receiver", "stranger"])
def test_only_the_sender_sends_or_takes_back(now, then, who):
    as_sender = None if (now, then) in SENDS else MoveNotOpen
    refusal = as_sender if who == "sender" else NotTheSender

    assert refusal_of(check_may_send, officer(who), referral(now), then) is refusal


@pytest.mark.parametrize("now", State)
@pytest.mark.parametrize("who", ["sender", "receiver", "stranger", "both"])
def test_the_receiver_reads_while_it_serves_the_person(now, who):
    if who in {"sender", "both"}:
        refusal = None
    elif who == "stranger" or now == State.DRAFT:
        refusal = NotTheReceiver
    else:
        refusal = None if now == State.ACCEPTED else MoveNotOpen

    assert refusal_of(check_may_read, officer(who), referral(now)) is refusal


@pytest.mark.parametrize(
    ("who", "without"),
    [("sender", Permission.REFERRAL_SEND), ("receiver", Permission.REFERRAL_ANSWER)],
)
def test_reading_needs_the_permission(who, without):
    accepted = referral(State.ACCEPTED)

    assert refusal_of(check_may_read, officer(who, ALL - {without}), accepted) is NotPermitted


@pytest.mark.parametrize(
    ("other_kind", "refusal"),
    [("SHELTER", AlreadyAsked), ("PROSECUTION", None), ("CASEWORK", None)],
)
def test_one_desk_of_a_kind_is_asked_at_a_time(other_kind, refusal):
    this = Referral(receiver=Desk(kind="SHELTER"))
    other = Referral(receiver=Desk(kind=other_kind))

    assert refusal_of(check_nobody_else_asked, this, [this, other]) is refusal
    assert refusal_of(check_nobody_else_asked, this, [this]) is None
