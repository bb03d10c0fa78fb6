"""Who may ask for an act of two, decide on it, and take it back."""

from datetime import datetime

from himaya.accounts.acts_of_two import ActOfTwo
from himaya.accounts.errors import (
    AskedAlready,
    AskerGone,
    NoSuchReason,
    NotWaiting,
    SameBody,
    SamePerson,
)
from himaya.accounts.models import TwoPersonAct
from himaya.kernel.access import Actor, allowed
from himaya.kernel.errors import ClockWentBack, NotKnown, NotPermitted


def check_may_ask(actor: Actor, kind: ActOfTwo, reason: str, *, waiting: bool) -> None:
    """Raise unless this officer may ask for the act, with a reason that it knows."""
    actor.need(kind.ask)
    if actor.officer_id is None or actor.agency_id is None:
        raise NotPermitted(actor=actor.name)
    if reason not in kind.reasons:
        raise NoSuchReason(act=kind.code)
    if waiting:
        raise AskedAlready(act=kind.code)


def check_may_decide(
    actor: Actor, kind: ActOfTwo, request: TwoPersonAct, at: datetime, *, confirmed: bool
) -> None:
    """Raise unless this is a second person, of another body where the act demands it.

    A no may be said also when the one who asked has gone: it takes nothing from anybody.
    """
    actor.need(kind.approve)
    if actor.officer_id == request.asked_by_id:
        raise SamePerson(request=request.pk)
    if request.other_body and actor.agency_id == request.asked_by_agency_id:
        raise SameBody(request=request.pk)
    _check_waits(request, at)
    if confirmed and not request.asked_by.is_active:
        raise AskerGone(request=request.pk)


def may_decide(actor: Actor, kind: ActOfTwo, request: TwoPersonAct, at: datetime) -> bool:
    """The same rule as a question, for pages that show or hide a button."""
    return allowed(check_may_decide, actor, kind, request, at, confirmed=False)


def check_may_withdraw(actor: Actor, request: TwoPersonAct, at: datetime) -> None:
    """Raise unless the actor asked for it and nobody has decided. A stranger learns nothing."""
    if actor.officer_id != request.asked_by_id:
        raise NotKnown(request=request.pk)
    _check_waits(request, at)


def _check_waits(request: TwoPersonAct, at: datetime) -> None:
    over = request.decided_at or request.withdrawn_at or at >= request.expires_at
    if over:
        raise NotWaiting(request=request.pk)
    if at < request.asked_at:
        raise ClockWentBack(request=request.pk)
