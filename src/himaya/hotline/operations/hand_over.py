"""A caller is handed on while they wait, with what they said, so that nobody asks them again."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.hotline.drafts import put, read
from himaya.hotline.errors import AlreadyOnCall, HandoverOver
from himaya.hotline.holding import held
from himaya.hotline.models import Call, Draft, Handover
from himaya.hotline.notes import Notes
from himaya.hotline.queries import draft_of, handover_for, offered
from himaya.hotline.rules import check_may_offer, check_may_take_over
from himaya.hotline.sealed import opened_by_desk
from himaya.kernel.access import Actor
from himaya.vault.keyring import Keyring


@transaction.atomic
def offer(
    *, actor: Actor, keyring: Keyring, call_id: UUID, desk_id: UUID, at: datetime
) -> Handover:
    """Ask a desk to take the caller. The giver keeps the caller on the line, and goes on noting.

    The notes are sealed to that desk too, for one of its officers to take. A call that waits
    already goes on waiting. Raises CallOver, NotAHotline, NoKey or KeyNotTrusted.
    """
    call = held(actor, call_id)
    if before := offered(call):
        return before
    desk = Desk.objects.get(pk=desk_id)
    check_may_offer(desk.kind, Desk.Kind.HOTLINE)
    handover = Handover(call=call, desk=desk, given_by_id=call.operator_id, offered_at=at)
    handover.save(force_insert=True)
    put(actor, call, read(keyring, call, at), handover, at)
    _record("hotline.offered", actor, at, handover, [handover])
    return handover


@transaction.atomic
def take_back(*, actor: Actor, keyring: Keyring, handover_id: UUID, at: datetime) -> Handover:
    """Nobody came: the giver goes on alone, and the notes are sealed to them alone again.

    Raises NotKnown, CallOver, or HandoverOver when a colleague was first.
    """
    seen = handover_for(actor, handover_id)
    call = held(actor, seen.call_id)
    handover = offered(call)
    if handover is None or handover.pk != handover_id:
        raise HandoverOver(handover=handover_id)
    handover.withdrawn_at = at
    handover.save(update_fields=["withdrawn_at"])
    put(actor, call, read(keyring, call, at), None, at)
    _record("hotline.taken_back", actor, at, handover, [handover])
    return handover


@transaction.atomic
def take(*, actor: Actor, keyring: Keyring, handover_id: UUID, at: datetime) -> Call:
    """Take the caller: one officer does, of however many press at once.

    Opened with the desk's key and sealed anew to the taker's alone, so that from now on neither
    the giver nor anybody else of the desk opens what was noted. Raises NotKnown, HandoverOver,
    OwnHandover, AlreadyOnCall, or NoKey when the taker was not given the desk's key.
    """
    call, handover = _held(actor, handover_for(actor, handover_id))
    assert actor.officer_id is not None
    handover.taken_by_id, handover.taken_at = actor.officer_id, at
    call.operator_id, call.desk_id = actor.officer_id, handover.desk_id
    try:
        with transaction.atomic():
            call.save(update_fields=["operator", "desk"])
    except IntegrityError as error:
        raise AlreadyOnCall(officer=actor.officer_id) from error
    handover.save(update_fields=["taken_by", "taken_at"])
    put(actor, call, _given(keyring, call, handover, at), None, at)
    _record("hotline.taken", actor, at, handover, [handover, call])
    return call


def _held(actor: Actor, seen: Handover) -> tuple[Call, Handover]:
    """The call first, as everybody does, then the hand-over as it is by then."""
    check_may_take_over(actor, seen)
    call = Call.objects.select_for_update().filter(pk=seen.call_id).first()
    handover = Handover.objects.select_for_update().filter(pk=seen.pk).first()
    check_may_take_over(actor, handover)
    assert handover is not None
    assert call is not None
    return call, handover


def _given(keyring: Keyring, call: Call, handover: Handover, at: datetime) -> Notes:
    draft = draft_of(call, Draft.Holds.NOTES, at)
    return Notes.from_bytes(opened_by_desk(keyring, draft, handover)) if draft else Notes()


def _record(
    act: str, actor: Actor, at: datetime, handover: Handover, rows: list[Handover | Call]
) -> None:
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=handover.call_id,
        desk_id=handover.desk_id,
        rows=rows,
    )
