"""Legal holds: placed and confirmed by one, ended by two of two bodies."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.accounts import two_person
from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.kernel.errors import ClockWentBack
from himaya.packs.calendar import due_at
from himaya.packs.loader import current
from himaya.retention.destroying import wait_for_turn
from himaya.retention.models import Hold
from himaya.retention.queries import found_by, hold_for
from himaya.retention.rules import check_may_hold, check_stands
from himaya.vault.models import Compartment, Grant
from himaya.vault.queries import readers
from himaya.vault.seal import open_circle, seal

LIFT = "retention.lift_hold"
ORDER = "order"


@transaction.atomic
def place_hold(*, actor: Actor, number: str, reason: Hold.Reason, words: str, at: datetime) -> Hold:
    """Keep everything of a case or a report, whatever the rules say, until two persons end it.

    number: as the order names it. words: the reference of the order, sealed to the actor's desks.
    Whoever is destroying something just now finishes first. Raises NotPermitted or NoSuchNumber.
    """
    check_may_hold(actor)
    found = found_by(number)
    wait_for_turn()
    hold = Hold(
        of=found.of,
        subject_id=found.id,
        number=found.number,
        reason=reason,
        placed_at=at,
        confirmed_at=at,
        confirm_by=_confirm_by(at),
    )
    circle = open_circle(
        kind=Compartment.Kind.LEGAL,
        subject_id=hold.id,
        readers=readers(sorted(actor.desk_ids), Grant.Reason.AUTHOR),
        at=at,
    )
    order = seal(epoch=circle.epoch, name=ORDER, content=words.encode(), at=at)
    hold.words = circle.compartment
    hold.save(force_insert=True)
    record(
        act="retention.held",
        actor=actor,
        at=at,
        subject_id=hold.subject_id,
        facts={"reason": reason.value},
        rows=[hold, circle.compartment, circle.epoch, *circle.grants, order],
    )
    return hold


@transaction.atomic
def confirm_hold(*, actor: Actor, hold_id: UUID, at: datetime) -> Hold:
    """Say that a hold is still needed. Raises NotKnown, HoldEnded or ClockWentBack."""
    hold = _locked(actor, hold_id)
    if at < hold.placed_at:
        raise ClockWentBack(hold=hold_id)
    hold.confirmed_at, hold.confirm_by = at, _confirm_by(at)
    hold.save(update_fields=["confirmed_at", "confirm_by"])
    _trace("retention.hold_confirmed", hold, actor, at)
    return hold


@transaction.atomic
def lift_hold(*, actor: Actor, hold_id: UUID, at: datetime) -> Hold:
    """End a hold that somebody of another body has agreed to end.

    Raises NotKnown, HoldEnded or NotApproved; then the hold stands on.
    """
    hold = _locked(actor, hold_id)
    two_person.use(actor=actor, act=LIFT, subject_id=hold.id, at=at)
    hold.lifted_at = at
    hold.save(update_fields=["lifted_at"])
    _trace("retention.hold_lifted", hold, actor, at)
    return hold


def _locked(actor: Actor, hold_id: UUID) -> Hold:
    check_may_hold(actor)
    hold_for(actor, hold_id)
    hold = Hold.objects.select_for_update().get(pk=hold_id)
    check_stands(lifted=hold.lifted_at is not None)
    return hold


def _confirm_by(at: datetime) -> datetime:
    return due_at(at, current().clock("hold_confirmation"), current().calendar)


def _trace(act: str, hold: Hold, actor: Actor, at: datetime) -> None:
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=hold.subject_id,
        facts={"reason": hold.reason},
        rows=[hold],
    )
