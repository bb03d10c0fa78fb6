"""What may be done with a call, and by whom."""

from datetime import timedelta
from uuid import UUID

from himaya.hotline.errors import (
    CallOver,
    HandoverOver,
    NoCodeForReport,
    NotAHotline,
    NotesThere,
    OwnHandover,
)
from himaya.hotline.models import Call, Handover
from himaya.kernel.access import Actor, Permission

# A draft that nobody touches: long enough for whoever comes back to work the next day.
DRAFT_LASTS = timedelta(hours=24)
NUMBER_LASTS = timedelta(minutes=15)
BY_FILING = frozenset({Call.Outcome.REPORT})
BY_ITSELF = frozenset({Call.Outcome.LAPSED})
# What an operator chooses from, in this order: the keys 1 to 8.
CODES = tuple(code for code in Call.Outcome if code not in BY_FILING | BY_ITSELF)


def check_may_take(actor: Actor) -> None:
    """Raise NotPermitted unless the actor may take calls."""
    actor.need(Permission.CALL_TAKE)


def check_has(actor: Actor, call: Call | None) -> None:
    """Raise CallOver unless the actor has this caller on the line."""
    check_may_take(actor)
    if call is None or call.ended_at is not None or call.operator_id != actor.officer_id:
        raise CallOver


def check_may_end(outcome: str, *, noted: bool, destroy: bool) -> None:
    """Raise unless the call may end with this code, and what was noted be destroyed.

    noted: whether something stands in the draft. destroy: the operator said that it may go.
    """
    if outcome not in CODES:
        raise NoCodeForReport(outcome=outcome)
    if noted and not destroy:
        raise NotesThere


def check_may_offer(kind: str, hotline: str) -> None:
    """Raise NotAHotline unless the desk takes calls. hotline: the kind of those that do."""
    if kind != hotline:
        raise NotAHotline(kind=kind)


def check_may_take_over(actor: Actor, handover: Handover | None) -> None:
    """Raise unless the actor may take the caller now: one does, of those who press at once."""
    check_may_take(actor)
    if handover is None or handover.taken_at or handover.withdrawn_at:
        raise HandoverOver
    if handover.given_by_id == actor.officer_id:
        raise OwnHandover(handover=handover.pk)


def is_theirs(call: Call, officer_id: UUID | None) -> bool:
    """True when this officer has the caller on the line, or had when the call ended."""
    return call.operator_id == officer_id
