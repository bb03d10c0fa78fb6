"""Who may do what with a referral, in every state."""

from itertools import product
from uuid import UUID

import pytest

from himaya.agencies.models import Desk
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotPermitted
from himaya.referrals.errors import (
    AlreadyAsked,
    CannotLead,
    HandOverWaits,
    MoveNotOpen,
    NotTheReceiver,
    NotTheSecond,
    NotTheSender,
    OutcomeMissing,
    OwnReferral,
    OwnRequest,
    RequestAnswered,
)
from himaya.referrals.models import CaseRequest, Referral
from himaya.referrals.rules import (
    LIVE,
    MOVES,
    check_may_answer,
    check_may_answer_instead,
    check_may_answer_request,
    check_may_lead,
    check_may_read,
    check_may_send,
    check_nobody_else_asked,
    check_outcome,
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
    (State.DRAFT, State.CHECKED),
    (State.DRAFT, State.WITHDRAWN),
    (State.CHECKED, State.SENT),
    (State.CHECKED, State.WITHDRAWN),
    (State.SENT, State.WITHDRAWN),
    (State.ACKNOWLEDGED, State.WITHDRAWN),
    (State.ACCEPTED, State.WITHDRAWN),
}
AGAIN = {(State.CHECKED, State.CHECKED)}  # looked at once more, which is no move
ANSWERS = {
    (State.SENT, State.ACKNOWLEDGED),
    (State.ACKNOWLEDGED, State.ACCEPTED),
    (State.ACKNOWLEDGED, State.DECLINED),
    (State.ACCEPTED, State.IN_SERVICE),
    (State.ACCEPTED, State.COMPLETED),
    (State.IN_SERVICE, State.COMPLETED),
}
UNSENT = {State.DRAFT, State.CHECKED}
EVERY_PAIR = list(product(State, State))
ALL = frozenset(Permission)


def referral(state, **changes):
    """A referral in this state."""
    sent_at = None if state in UNSENT else NOON
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
    assert frozenset(State) - LIVE == {State.DECLINED, State.COMPLETED, State.WITHDRAWN}


@pytest.mark.parametrize(("now", "then"), [pair for pair in EVERY_PAIR if pair not in SENDS])
def test_the_receiver_answers_in_these_states_only(now, then):
    sent = None if (now, then) in ANSWERS else MoveNotOpen
    refusal = NotTheReceiver if now in UNSENT else sent

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
    as_sender = None if (now, then) in SENDS | AGAIN else MoveNotOpen
    refusal = as_sender if who == "sender" else NotTheSender

    assert refusal_of(check_may_send, officer(who), referral(now), then) is refusal


@pytest.mark.parametrize("now", State)
@pytest.mark.parametrize("who", ["sender", "receiver", "stranger", "both"])
def test_the_receiver_reads_while_it_serves_the_person(now, who):
    if who in {"sender", "both"}:
        refusal = None
    elif who == "stranger":
        refusal = NotTheSecond
    elif now in UNSENT:
        refusal = NotTheReceiver
    else:
        refusal = None if now in {State.ACCEPTED, State.IN_SERVICE} else MoveNotOpen

    assert refusal_of(check_may_read, officer(who), referral(now)) is refusal


@pytest.mark.parametrize(
    ("who", "without"),
    [("sender", Permission.REFERRAL_SEND), ("receiver", Permission.REFERRAL_ANSWER)],
)
def test_reading_needs_the_permission(who, without):
    accepted = referral(State.ACCEPTED)

    assert refusal_of(check_may_read, officer(who, ALL - {without}), accepted) is NotPermitted


def asked(receiver_kind="SHELTER", kind="service", desk=RECEIVER):
    """A referral of a person to a desk of this kind."""
    return Referral(receiver=Desk(pk=desk, kind=receiver_kind), kind=kind)


@pytest.mark.parametrize(
    ("this", "other", "refusal"),
    [
        (asked(), asked(desk=STRANGER), AlreadyAsked),
        (asked(), asked("PROSECUTION", desk=STRANGER), None),
        (asked(), asked("CASEWORK", desk=STRANGER), None),
        (asked(), asked("CASEWORK", "transfer", STRANGER), HandOverWaits),
        (asked("CASEWORK", "transfer"), asked("CASEWORK", "transfer", STRANGER), HandOverWaits),
        (asked("CASEWORK", "transfer"), asked("CASEWORK", desk=STRANGER), None),
        (asked("CASEWORK", "transfer"), asked("CASEWORK"), AlreadyAsked),
        (asked("CASEWORK", "transfer"), asked("SHELTER", desk=STRANGER), None),
    ],
)
def test_what_is_asked_at_a_time(this, other, refusal):
    assert refusal_of(check_nobody_else_asked, this, [this, other]) is refusal
    assert refusal_of(check_nobody_else_asked, this, [this]) is None


@pytest.mark.parametrize("now", State)
@pytest.mark.parametrize("woken", [True, False])
@pytest.mark.parametrize("who", ["stranger", "second", "sender", "all"])
def test_a_desk_that_was_woken_answers_while_nobody_has(now, woken, who):
    desks = {"second": {STRANGER}, "stranger": {UUID(int=9)}, "all": {STRANGER, SENDER}}
    actor = Actor(
        kind="officer",
        name="officer",
        desk_ids=frozenset(desks.get(who, {SENDER})),
        permissions=ALL,
    )
    this = referral(now, second_id=STRANGER, escalated_at=NOON if woken else None)
    if not woken or who in {"stranger", "sender"}:
        refusal = NotTheSecond
    elif who == "all":
        refusal = OwnReferral
    else:
        refusal = None if now in {State.SENT, State.ACKNOWLEDGED} else MoveNotOpen

    assert refusal_of(check_may_answer_instead, actor, this) is refusal


def test_the_officer_who_sent_it_answers_nowhere_else_either():
    me = UUID(int=7)
    moved = Actor(
        kind="officer",
        name="officer",
        officer_id=me,
        desk_ids=frozenset({RECEIVER}),
        permissions=ALL,
    )
    sent = referral(State.SENT, sent_by=me)

    assert refusal_of(check_may_answer, moved, sent, State.ACKNOWLEDGED) is OwnReferral
    sent.sent_by = UUID(int=8)
    assert refusal_of(check_may_answer, moved, sent, State.ACKNOWLEDGED) is None


@pytest.mark.parametrize("outcome", [*Referral.Outcome.values, "", "because"])
@pytest.mark.parametrize("now", [State.ACCEPTED, State.IN_SERVICE])
@pytest.mark.parametrize("kind", ["service", "transfer"])
def test_what_can_have_come_of_a_referral(now, outcome, kind):
    if kind == "transfer" or outcome in {"", "because", "taken_over"}:
        refusal = OutcomeMissing
    elif now == State.ACCEPTED and outcome not in {"never_came", "person_left"}:
        refusal = MoveNotOpen
    else:
        refusal = None

    assert refusal_of(check_outcome, referral(now, kind=kind), outcome) is refusal


@pytest.mark.parametrize(
    ("kind", "outside", "refusal"),
    [("CASEWORK", False, None), ("CASEWORK", True, CannotLead), ("SHELTER", False, CannotLead)],
)
def test_a_case_goes_to_a_desk_that_leads_cases(kind, outside, refusal):
    receiver, now = Desk(kind=kind), Desk(kind="CASEWORK")

    assert refusal_of(check_may_lead, receiver, leads_now=now, outside=outside) is refusal


@pytest.mark.parametrize(
    ("desk", "officer_id", "state", "refusal"),
    [
        (SENDER, 5, "asked", None),
        (RECEIVER, 5, "asked", OwnRequest),
        (SENDER, 6, "asked", OwnRequest),
        (SENDER, 5, "refused", RequestAnswered),
        (SENDER, 5, "taken_back", RequestAnswered),
    ],
)
def test_nobody_answers_their_own_request(desk, officer_id, state, refusal):
    actor = Actor(
        kind="officer",
        name="officer",
        officer_id=UUID(int=officer_id),
        desk_ids=frozenset({desk}),
        permissions=ALL,
    )
    request = CaseRequest(desk_id=RECEIVER, asked_by=UUID(int=6), state=state)

    assert refusal_of(check_may_answer_request, actor, request) is refusal
