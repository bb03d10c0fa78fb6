"""Every write to the outbox but the first, and where duty officers are reached."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.notices.errors import NotAnAddress
from himaya.notices.letters import sealed_for_worker
from himaya.notices.models import DutyAddress, Outgoing
from himaya.notices.outbox import trace
from himaya.notices.rules import MOST_TRIES, check_may_set_duty, wait_after
from himaya.notices.wording import wording

AT_ONCE = 20  # messages taken in one round: the worker has other work


@transaction.atomic
def claim(*, actor: Actor, at: datetime) -> Sequence[Outgoing]:
    """Take messages that are due, and count the try before it is made.

    Whatever happens to the process then, the next try is minutes away and the count goes up: a
    message that kills its sender is given up in the end. Those of another worker are left alone.
    """
    due = Outgoing.objects.filter(state=Outgoing.State.WAITING, not_before__lte=at)
    taken = list(due.order_by("not_before").select_for_update(skip_locked=True)[:AT_ONCE])
    for message in taken:
        message.attempts += 1
        message.not_before = at + wait_after(message.attempts)
        message.save(update_fields=["attempts", "not_before"])
    return taken


@transaction.atomic
def postpone(*, actor: Actor, message_id: UUID, until: datetime, at: datetime) -> None:
    """Not within the hours that were given: try then, and do not count this as a try."""
    message = Outgoing.objects.select_for_update().get(id=message_id)
    message.attempts = max(message.attempts - 1, 0)
    message.not_before = max(until, at + timedelta(seconds=1))
    message.save(update_fields=["attempts", "not_before"])


@transaction.atomic
def sent(*, actor: Actor, message_id: UUID, at: datetime) -> None:
    """The mail server took it: the row goes, address and all."""
    message = Outgoing.objects.select_for_update().get(id=message_id)
    _forget("notices.sent", message, actor, at)


@transaction.atomic
def failed(*, actor: Actor, message_id: UUID, at: datetime) -> Outgoing:
    """The mail server did not take it. After the last try it waits for the desk instead, or is
    gone when nobody needs to know."""
    message = Outgoing.objects.select_for_update().get(id=message_id)
    if message.attempts >= MOST_TRIES and not wording(message.subject_code).matters:
        _forget("notices.given_up", message, actor, at)
    elif message.attempts >= MOST_TRIES:
        message.state = Outgoing.State.GIVEN_UP
        message.save(update_fields=["state"])
        trace("notices.given_up", message, actor, at, rows=[message])
    return message


@transaction.atomic
def put_away(*, actor: Actor, message_id: UUID, at: datetime) -> None:
    """The desk has seen that a message could not be sent, and reaches the person another way."""
    found = Outgoing.objects.visible_to(actor).filter(state=Outgoing.State.GIVEN_UP, id=message_id)
    message = found.first()
    if message is not None:  # else a colleague was quicker
        _forget("notices.put_away", message, actor, at)


@transaction.atomic
def set_duty_address(
    *, actor: Actor, desk_id: UUID, address: str, language: str, at: datetime
) -> DutyAddress:
    """Say where the desk's officer on duty is reached. Nobody but the worker can read it back.

    Raises NotOurDesk or NotAnAddress; then nothing has changed.
    """
    check_may_set_duty(actor, desk_id)
    _check_address(address)
    found = DutyAddress.objects.select_for_update().filter(desk_id=desk_id).first()
    duty = found or DutyAddress(desk_id=desk_id)
    duty.sealed, duty.language = sealed_for_worker(address.encode()), language
    duty.set_at = at
    duty.save()
    record(
        act="notices.duty_set",
        actor=actor,
        at=at,
        subject_id=desk_id,
        desk_id=desk_id,
        rows=[duty],
    )
    return duty


def _check_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise NotAnAddress from wrong
    if not address.isascii():
        raise NotAnAddress


def _forget(act: str, message: Outgoing, actor: Actor, at: datetime) -> None:
    trace(act, message, actor, at, gone=[message])
    message.delete()
