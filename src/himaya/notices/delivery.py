"""Sending what waits. Each step is a transaction of its own, so that a cut loses nothing."""

import smtplib
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from himaya.config.env import environment
from himaya.kernel.access import Actor
from himaya.notices import operations
from himaya.notices.letters import Letter, opened_by_worker
from himaya.notices.models import DutyAddress, Outgoing
from himaya.notices.smtp import TROUBLE, Line, line_to
from himaya.packs.loader import current


def send_waiting(*, actor: Actor, at: datetime) -> int:
    """Hand what is due to the mail server; how many it took. Without a server everything waits.

    Between sending a message and taking its row away the process may die: then the message is sent
    once more, with the same Message-ID, and mail programs show one.
    """
    server = environment().mail()
    if server is None:
        return 0
    due = [
        (message, letter)
        for message in operations.claim(actor=actor, at=at)
        for letter in [_letter(message)]
        if not _postponed(message, letter, actor, at)
    ]
    if not due:
        return 0
    try:
        with line_to(server) as line:
            return sum(_sent(line, each, letter, actor, at) for each, letter in due)
    except TROUBLE:  # the server is away; whatever it had taken is gone from the table
        return _all_failed([message for message, _letter in due], actor, at)


def _letter(message: Outgoing) -> Letter:
    return Letter.from_bytes(opened_by_worker(message.sealed))


def _postponed(message: Outgoing, letter: Letter, actor: Actor, at: datetime) -> bool:
    if letter.hours is None:
        return False
    moment = letter.hours.next_moment(at, ZoneInfo(current().calendar.time_zone))
    if moment <= at:
        return False
    operations.postpone(actor=actor, message_id=message.id, until=moment, at=at)
    return True


def _address(message: Outgoing, letter: Letter) -> str:
    if message.duty_id is None:
        return letter.address
    return opened_by_worker(DutyAddress.objects.get(id=message.duty_id).sealed).decode()


def _sent(line: Line, message: Outgoing, letter: Letter, actor: Actor, at: datetime) -> bool:
    try:
        line.send(letter, address=_address(message, letter), message_id=message.id, at=at)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError):  # this one; the line is sound
        operations.failed(actor=actor, message_id=message.id, at=at)
        return False
    operations.sent(actor=actor, message_id=message.id, at=at)
    return True


def _all_failed(messages: Sequence[Outgoing], actor: Actor, at: datetime) -> int:
    left = Outgoing.objects.filter(id__in=[message.id for message in messages])
    for message_id in left.values_list("id", flat=True):
        operations.failed(actor=actor, message_id=message_id, at=at)
    return len(messages) - len(left)
