"""Putting messages into the outbox, in the caller's transaction: what is undone is never sent."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Model

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.notices.letters import Hours, Letter, sealed_for_worker
from himaya.notices.models import Outgoing
from himaya.notices.wording import wording

MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,250}>")


def put(
    *,
    actor: Actor,
    to: str,
    subject_code: str,
    desk_id: UUID,
    language: str,
    at: datetime,
    hours: Hours | None = None,
) -> Outgoing:
    """Send one of the neutral wordings to an address that somebody chose, within their hours.

    desk_id: who is told when it cannot be sent. Raises NoSuchWording.
    """
    subject, text = wording(subject_code).in_language(language)
    letter = Letter(to, subject, text, hours)
    return _put(actor, Outgoing(desk_id=desk_id, subject_code=subject_code), letter, at)


def answer(
    *,
    actor: Actor,
    to: str,
    answers: str,
    subject_code: str,
    names: Mapping[str, str],
    desk_id: UUID,
    language: str,
    at: datetime,
) -> Outgoing:
    """Answer a message by itself, with one of the neutral wordings and the marks of RFC 3834.

    answers: its Message-ID; one that is none is left out. names: what the wording leaves open.
    desk_id: who is told when it cannot be sent. Raises NoSuchWording.
    """
    subject, text = wording(subject_code).in_language(language, names)
    answered = answers if MESSAGE_ID.fullmatch(answers) else ""
    letter = Letter(to, subject, text, answers=answered)
    return _put(actor, Outgoing(desk_id=desk_id, subject_code=subject_code), letter, at)


def page_desk(*, actor: Actor, desk_id: UUID, subject_code: str, at: datetime) -> Outgoing | None:
    """Send one of the neutral wordings to whoever is on duty at a desk.

    None when the desk has set no duty address: the caller then relies on the list alone.
    Raises NoSuchWording.
    """
    said = wording(subject_code)
    duty = _duty_of(desk_id)
    if duty is None:
        return None
    duty_id, language = duty
    subject, text = said.in_language(language)
    message = Outgoing(desk_id=desk_id, duty_id=duty_id, subject_code=subject_code)
    return _put(actor, message, Letter("", subject, text), at)


def _put(actor: Actor, message: Outgoing, letter: Letter, at: datetime) -> Outgoing:
    message.sealed = sealed_for_worker(letter.to_bytes())
    message.not_before = message.made_at = at
    message.save(force_insert=True)
    trace("notices.put", message, actor, at, rows=[message])
    return message


def trace(
    act: str,
    message: Outgoing,
    actor: Actor,
    at: datetime,
    *,
    rows: Sequence[Model] = (),
    gone: Sequence[Model] = (),
) -> None:
    """Leave word of what became of a message: its wording's code, never its words."""
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=message.id,
        desk_id=message.desk_id,
        facts={"code": message.subject_code},
        rows=rows,
        gone=gone,
    )


def _duty_of(desk_id: UUID) -> tuple[UUID, str] | None:
    """Id and language of a desk's duty address. Also of a desk whose rows the caller cannot see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, language FROM notices_duty_of(%s)", [desk_id])
        found: tuple[UUID, str] | None = cursor.fetchone()
    return found
