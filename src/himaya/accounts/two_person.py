"""Asking for an act of two, deciding on it, and doing it once.

A concept's operation calls `use` in its own transaction, before it does the act. What the code
refuses here the database refuses too: see the constraints of TwoPersonAct and policies.sql.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.accounts.acts_of_two import ACTS_OF_TWO
from himaya.accounts.errors import NotApproved
from himaya.accounts.models import TwoPersonAct
from himaya.accounts.rules import check_may_ask, check_may_decide, check_may_withdraw
from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown


@transaction.atomic
def ask(
    *, actor: Actor, act: str, subject_id: UUID, reason: TwoPersonAct.Reason, at: datetime
) -> TwoPersonAct:
    """One person asks for an act of two. Nothing happens until a second person allows it.

    Raises NotPermitted, NoSuchReason, or AskedAlready while the same act waits or is allowed.
    """
    kind = ACTS_OF_TWO[act]
    live = TwoPersonAct.objects.live(at).filter(act=act, subject_id=subject_id)
    check_may_ask(actor, kind, reason, waiting=live.exists())
    assert actor.officer_id, "the rule refused it"
    assert actor.agency_id, "the rule refused it"
    request = TwoPersonAct(
        act=act,
        subject_id=subject_id,
        reason=reason,
        other_body=kind.other_body,
        asked_by_id=actor.officer_id,
        asked_by_agency_id=actor.agency_id,
        asked_at=at,
        expires_at=at + kind.valid_for,
    )
    request.save(force_insert=True)
    _trace("asked", request, actor, at)
    return request


@transaction.atomic
def approve(*, actor: Actor, request_id: UUID, at: datetime) -> TwoPersonAct:
    """A second person allows the act; it may now be done once, until its time is over.

    Raises NotKnown, SamePerson, SameBody, AskerGone or NotWaiting; then nothing has changed.
    """
    return _decide(actor, request_id, at, confirmed=True)


@transaction.atomic
def refuse(*, actor: Actor, request_id: UUID, at: datetime) -> TwoPersonAct:
    """A second person says no; the act is not done, and the refusal stays on record."""
    return _decide(actor, request_id, at, confirmed=False)


@transaction.atomic
def withdraw(*, actor: Actor, request_id: UUID, at: datetime) -> TwoPersonAct:
    """Who asked takes the request back, as long as nobody has decided."""
    request = _locked(request_id)
    check_may_withdraw(actor, request, at)
    request.withdrawn_at = at
    request.save(update_fields=["withdrawn_at"])
    _trace("withdrawn", request, actor, at)
    return request


@transaction.atomic
def use(*, actor: Actor, act: str, subject_id: UUID, at: datetime) -> TwoPersonAct:
    """Take the approval of an act that is done now, in the caller's transaction. It counts once.

    Raises NotApproved when nobody allowed it, its time is over, it was done before, or one of the
    two no longer works here.
    """
    allowed = TwoPersonAct.objects.live(at).filter(
        act=act,
        subject_id=subject_id,
        confirmed=True,
        asked_by__is_active=True,
        decided_by__is_active=True,
    )
    request = allowed.select_for_update(of=("self",)).order_by("decided_at").first()
    if request is None:
        raise NotApproved(act=act, subject=subject_id)
    request.used_at = at
    request.save(update_fields=["used_at"])
    _trace("used", request, actor, at)
    return request


def _decide(actor: Actor, request_id: UUID, at: datetime, *, confirmed: bool) -> TwoPersonAct:
    request = _locked(request_id)
    check_may_decide(actor, ACTS_OF_TWO[request.act], request, at, confirmed=confirmed)
    request.decided_by_id, request.decided_by_agency_id = actor.officer_id, actor.agency_id
    request.decided_at, request.confirmed = at, confirmed
    request.save(update_fields=["decided_by", "decided_by_agency", "decided_at", "confirmed"])
    _trace("approved" if confirmed else "refused", request, actor, at)
    return request


def _locked(request_id: UUID) -> TwoPersonAct:
    found = TwoPersonAct.objects.select_for_update(of=("self",)).select_related("asked_by")
    request = found.filter(id=request_id).first()
    if request is None:
        raise NotKnown(request=request_id)
    return request


def _trace(what: str, request: TwoPersonAct, actor: Actor, at: datetime) -> None:
    record(
        act=f"two_person.{what}",
        actor=actor,
        at=at,
        subject_id=request.subject_id,
        facts={"act": request.act, "reason": request.reason},
        rows=[request],
    )
