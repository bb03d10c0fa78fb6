"""Who may do what with a referral, and when."""

from collections.abc import Iterable

from himaya.agencies.models import Desk
from himaya.kernel.access import Actor, Permission, allowed
from himaya.kernel.moves import Moves
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

State = Referral.State
Outcome = Referral.Outcome

MOVES = Moves(
    {
        State.DRAFT: frozenset({State.CHECKED, State.WITHDRAWN}),
        State.CHECKED: frozenset({State.SENT, State.WITHDRAWN}),
        State.SENT: frozenset({State.ACKNOWLEDGED, State.WITHDRAWN}),
        State.ACKNOWLEDGED: frozenset({State.ACCEPTED, State.DECLINED, State.WITHDRAWN}),
        State.ACCEPTED: frozenset({State.IN_SERVICE, State.COMPLETED, State.WITHDRAWN}),
        State.IN_SERVICE: frozenset({State.COMPLETED}),
        State.DECLINED: frozenset(),
        State.COMPLETED: frozenset(),
        State.WITHDRAWN: frozenset(),
    }
)
LIVE = frozenset(MOVES.table) - MOVES.ends()
UNANSWERED = frozenset({State.SENT, State.ACKNOWLEDGED})
SERVING = frozenset({State.ACCEPTED, State.IN_SERVICE})
# Before the service has begun there is only one thing that can have come of it: nothing.
WITHOUT_SERVICE = frozenset({Outcome.NEVER_CAME, Outcome.PERSON_LEFT})


def check_receives(actor: Actor, referral: Referral) -> None:
    """Raise unless this actor may act for the receiving desk.

    Nobody answers their own referral: not an officer of the desk that asked, wherever else they
    sit, and not the officer who sent it, wherever they sit now.
    """
    actor.need(Permission.REFERRAL_ANSWER)
    if referral.receiver_id not in actor.desk_ids or referral.sent_at is None:
        raise NotTheReceiver(referral=referral.pk)
    _check_not_their_own(actor, referral)


def _check_not_their_own(actor: Actor, referral: Referral) -> None:
    sent_it = actor.officer_id is not None and actor.officer_id == referral.sent_by
    if referral.sender_id in actor.desk_ids or sent_it:
        raise OwnReferral(referral=referral.pk)


def check_may_answer(actor: Actor, referral: Referral, then: str) -> None:
    """Raise unless this actor may acknowledge, accept, decline, begin or complete it now.

    Raises NotTheReceiver before MoveNotOpen: a stranger learns nothing of the state.
    """
    check_receives(actor, referral)
    if not MOVES.may(referral.state, then):
        raise MoveNotOpen(referral=referral.pk, state=referral.state)


def may_answer(actor: Actor, referral: Referral, then: str) -> bool:
    """The same rule as a question, for pages that show or hide a button."""
    return allowed(check_may_answer, actor, referral, then)


def check_may_answer_instead(actor: Actor, referral: Referral) -> None:
    """Raise unless the actor's desk was woken because the one that was asked stayed silent."""
    actor.need(Permission.REFERRAL_ANSWER)
    if referral.second_id not in actor.desk_ids or referral.escalated_at is None:
        raise NotTheSecond(referral=referral.pk)
    _check_not_their_own(actor, referral)
    if referral.state not in UNANSWERED:
        raise MoveNotOpen(referral=referral.pk, state=referral.state)


def may_answer_instead(actor: Actor, referral: Referral) -> bool:
    """The same rule as a question."""
    return allowed(check_may_answer_instead, actor, referral)


def check_outcome(referral: Referral, outcome: str) -> None:
    """Raise unless this can have come of the referral as it stands."""
    if referral.is_transfer or outcome not in set(Outcome) - {Outcome.TAKEN_OVER}:
        raise OutcomeMissing(referral=referral.pk)
    if referral.state == State.ACCEPTED and outcome not in WITHOUT_SERVICE:
        raise MoveNotOpen(referral=referral.pk, state=referral.state)


def check_sends(actor: Actor, referral: Referral) -> None:
    """Raise unless this actor may act for the desk that asked."""
    actor.need(Permission.REFERRAL_SEND)
    if referral.sender_id not in actor.desk_ids:
        raise NotTheSender(referral=referral.pk)


def check_may_send(actor: Actor, referral: Referral, then: str) -> None:
    """Raise unless this actor may check the referral, send it, or take it back, now."""
    check_sends(actor, referral)
    checked_again = referral.state == then == State.CHECKED
    if not checked_again and not MOVES.may(referral.state, then):
        raise MoveNotOpen(referral=referral.pk, state=referral.state)


def may_send(actor: Actor, referral: Referral, then: str) -> bool:
    """The same rule as a question."""
    return allowed(check_may_send, actor, referral, then)


def check_may_lead(receiver: Desk, *, leads_now: Desk, outside: bool) -> None:
    """Raise unless a case can be handed over to this desk: it does the work that leads a case."""
    if outside or receiver.kind != leads_now.kind:
        raise CannotLead(desk=receiver.pk)


def check_nobody_else_asked(referral: Referral, live: Iterable[Referral]) -> None:
    """Raise if the person's case has something under way that this referral would cross.

    A person has one track for the work of each kind of desk, and two answers would move it twice.
    While a case is being handed over, nothing else leaves it; and nobody is handed a case of a
    person whom they are asked to serve.
    """
    for other in live:
        if other.pk == referral.pk:
            continue
        if other.is_transfer:
            raise HandOverWaits(referral=other.pk)
        crosses = other.receiver_id == referral.receiver_id
        alike = other.receiver.kind == referral.receiver.kind
        if crosses or (alike and not referral.is_transfer):
            raise AlreadyAsked(referral=other.pk)


def check_may_read(actor: Actor, referral: Referral) -> None:
    """Raise unless this actor may open what goes with the referral.

    The sender always may; the receiver while it serves the person, not before and not after; the
    desk that was woken, until somebody has answered.
    """
    if referral.sender_id in actor.desk_ids:
        actor.need(Permission.REFERRAL_SEND)
        return
    if referral.receiver_id not in actor.desk_ids:
        check_may_answer_instead(actor, referral)
        return
    check_receives(actor, referral)
    if referral.state not in SERVING:
        raise MoveNotOpen(referral=referral.pk, state=referral.state)


def may_read(actor: Actor, referral: Referral) -> bool:
    """The same rule as a question."""
    return allowed(check_may_read, actor, referral)


def check_may_answer_request(actor: Actor, asked: CaseRequest) -> None:
    """Raise unless the actor may answer a request for a case; nobody answers their own."""
    actor.need(Permission.REFERRAL_SEND)
    asked_it = actor.officer_id is not None and actor.officer_id == asked.asked_by
    if asked.desk_id in actor.desk_ids or asked_it:
        raise OwnRequest(request=asked.pk)
    if asked.state != CaseRequest.State.ASKED:
        raise RequestAnswered(request=asked.pk)
