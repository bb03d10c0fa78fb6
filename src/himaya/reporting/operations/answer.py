"""A desk answers a reporter whom nobody can name."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.reporting.answering import may_tell
from himaya.reporting.errors import MayTell
from himaya.reporting.letters import write_letters
from himaya.reporting.models import Message
from himaya.reporting.queries import report_for
from himaya.reporting.rules import check_may_answer


@transaction.atomic
def answer(*, actor: Actor, report_id: UUID, text: str, at: datetime) -> Message:
    """Send an answer to the reporter, and to those whose reports are read together with it.

    Raises NotPermitted, NotKnown, NoWords or TooLong, MayTell when something in it may tell who or
    where, and KeyNotTrusted when a reporter's key is not the one made with the receipt; then
    nothing was sent. Answers the message to this reporter.
    """
    check_may_answer(actor, text)
    report = report_for(actor, report_id)
    if may_tell(text):
        raise MayTell(report=report.pk)
    rows = write_letters(report, text, at)
    record(
        act="reporting.answered",
        actor=actor,
        at=at,
        subject_id=report.pk,
        desk_id=report.desk_id,
        rows=rows,
    )
    return next(row for row in rows if isinstance(row, Message))
