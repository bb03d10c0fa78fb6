"""An operator takes a call, and asks whether the number called before."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from himaya.audit.record import record
from himaya.hotline.drafts import put
from himaya.hotline.errors import AlreadyOnCall, NoHotlineDesk
from himaya.hotline.holding import held
from himaya.hotline.models import Call
from himaya.hotline.notes import Notes
from himaya.hotline.numbers import called_before, remembered_since, token_of_caller
from himaya.hotline.queries import hotlines_of
from himaya.hotline.rules import check_may_take
from himaya.kernel.access import Actor


@transaction.atomic
def begin(*, actor: Actor, language: str, at: datetime) -> Call:
    """The caller is on the line from now on.

    Raises NotPermitted, NoHotlineDesk, or AlreadyOnCall; of two begun at once one is refused.
    """
    check_may_take(actor)
    desk = hotlines_of(actor).first()
    if desk is None or actor.officer_id is None:
        raise NoHotlineDesk(officer=actor.officer_id)
    call = Call(desk=desk, operator_id=actor.officer_id, language=language, began_at=at)
    try:
        with transaction.atomic():
            call.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyOnCall(officer=actor.officer_id) from error
    put(actor, call, Notes(), None, at)
    record(
        act="hotline.began", actor=actor, at=at, subject_id=call.pk, desk_id=desk.pk, rows=[call]
    )
    return call


@transaction.atomic
def ask_number(*, actor: Actor, call_id: UUID, typed: str, at: datetime) -> Call:
    """Find out whether this number called before. It is kept nowhere but as a keyed token.

    What is known is noted on the call as codes, so that it is asked once.
    Raises CallOver, NoNumber or TooManyNumbers.
    """
    call = held(actor, call_id)
    hint = called_before(call.pk, token_of_caller(typed), remembered_since(at))
    call.earlier, call.waits = hint.earlier, hint.waits
    call.last_on = hint.last_at.date() if hint.last_at else None
    call.save(update_fields=["earlier", "last_on", "waits"])
    record(
        act="hotline.number_asked",
        actor=actor,
        at=at,
        subject_id=call.pk,
        desk_id=call.desk_id,
        rows=[call],
    )
    return call
