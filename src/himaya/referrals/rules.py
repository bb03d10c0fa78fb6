"""Who may do what with a referral, and when."""

from himaya.kernel.access import Actor, Permission, allowed
from himaya.kernel.moves import Moves
from himaya.referrals.errors import MoveNotOpen, NotTheReceiver, NotTheSender
from himaya.referrals.models import Referral

State = Referral.State

MOVES = Moves(
    {
        State.DRAFT: frozenset({State.SENT, State.WITHDRAWN}),
        State.SENT: frozenset({State.ACKNOWLEDGED, State.WITHDRAWN}),
        State.ACKNOWLEDGED: frozenset({State.ACCEPTED, State.DECLINED, State.WITHDRAWN}),
        State.ACCEPTED: frozenset({State.COMPLETED, State.WITHDRAWN}),
        State.DECLINED: frozenset(),
        State.COMPLETED: frozenset(),
        State.WITHDRAWN: frozenset(),
    }
)
LIVE = frozenset(MOVES.table) - MOVES.ends()


def check_may_answer(actor: Actor, referral: Referral, then: str) -> None:
    """Raise unless this actor may acknowledge, accept, decline or complete the referral now.

    Raises NotTheReceiver before MoveNotOpen: a stranger learns nothing of the state.
    """
    actor.need(Permission.REFERRAL_ANSWER)
    if referral.receiver_id not in actor.desk_ids or referral.state == State.DRAFT:
        raise NotTheReceiver(referral=referral.pk)
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


def may_send(actor: Actor, referral: Referral, then: str) -> bool:
    """The same rule as a question."""
    return allowed(check_may_send, actor, referral, then)
