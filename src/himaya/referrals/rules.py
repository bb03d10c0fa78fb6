"""Who may do what with a referral, and when."""

from collections.abc import Iterable

from himaya.kernel.access import Actor, Permission, allowed
from himaya.kernel.moves import Moves
from himaya.referrals.errors import (
    AlreadyAsked,
    MoveNotOpen,
    NotTheReceiver,
    NotTheSender,
    OwnReferral,
)
from himaya.referrals.models import Referral

State = Referral.State

MOVES = Moves(
    {
        State.DRAFT: frozenset({State.SENT, State.WITHDRAWN}),
        State.SENT: frozenset({State.ACKNOWLEDGED, State.WITHDRAWN}),
        State.ACKNOWLEDGED: frozenset({State.ACCEPTED, State.DECLINED, State.WITHDRAWN}),
        State.ACCEPTED: frozenset({State.COMPLETED}),
        State.DECLINED: frozenset(),
        State.COMPLETED: frozenset(),
        State.WITHDRAWN: frozenset(),
    }
)
LIVE = frozenset(MOVES.table) - MOVES.ends()


def check_receives(actor: Actor, referral: Referral) -> None:
    """Raise unless this actor may act for the receiving desk: nobody answers their own referral."""
    actor.need(Permission.REFERRAL_ANSWER)
    if referral.receiver_id not in actor.desk_ids or referral.sent_at is None:
        raise NotTheReceiver(referral=referral.pk)
    if referral.sender_id in actor.desk_ids:
        raise OwnReferral(referral=referral.pk)


def check_may_answer(actor: Actor, referral: Referral, then: str) -> None:
    """Raise unless this actor may acknowledge, accept, decline or complete the referral now.

    Raises NotTheReceiver before MoveNotOpen: a stranger learns nothing of the state.
    """
    check_receives(actor, referral)
    if not MOVES.may(referral.state, then):
        raise MoveNotOpen(referral=referral.pk, state=referral.state)


def may_answer(actor: Actor, referral: Referral, then: str) -> bool:
    """The same rule as a question, for pages that show or hide a button."""
    return allowed(check_may_answer, actor, referral, then)


def check_may_send(actor: Actor, referral: Referral, then: str) -> None:
    """Raise unless this actor may send the referral, or take it back, now."""
    actor.need(Permission.REFERRAL_SEND)
    if referral.sender_id not in actor.desk_ids:
        raise NotTheSender(referral=referral.pk)
    if not MOVES.may(referral.state, then):
        raise MoveNotOpen(referral=referral.pk, state=referral.state)


def check_nobody_else_asked(referral: Referral, live: Iterable[Referral]) -> None:
    """Raise if another desk of the receiver's kind has a live referral: a person has one track
    for the work of each kind of desk, and two answers would move it twice."""
    for other in live:
        if other.pk != referral.pk and other.receiver.kind == referral.receiver.kind:
            raise AlreadyAsked(referral=other.pk)


def check_may_read(actor: Actor, referral: Referral) -> None:
    """Raise unless this actor may open what goes with the referral.

    The sender always may; the receiver while it serves the person, not before and not after.
    """
    if referral.sender_id in actor.desk_ids:
        actor.need(Permission.REFERRAL_SEND)
        return
    check_receives(actor, referral)
    if referral.state != State.ACCEPTED:
        raise MoveNotOpen(referral=referral.pk, state=referral.state)


def may_read(actor: Actor, referral: Referral) -> bool:
    """The same rule as a question."""
    return allowed(check_may_read, actor, referral)


def may_send(actor: Actor, referral: Referral, then: str) -> bool:
    """The same rule as a question."""
    return allowed(check_may_send, actor, referral, then)
