"""A reporter who came back: they write again, and put a message away."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.reporting.contents import FROM_REPORTER, FROM_SECOND
from himaya.reporting.conversation import Conversation, empty_letter
from himaya.reporting.models import Message
from himaya.reporting.operations.again import once
from himaya.reporting.receipts import Opened, id_of_second
from himaya.reporting.rules import check_may_say
from himaya.reporting.sealing import made_receipt
from himaya.vault.seal import seal


@transaction.atomic
def write_again(
    *, actor: Actor, conversation: Conversation, message_id: UUID, text: str, at: datetime
) -> None:
    """Seal the reporter's new words to the desks that read the report.

    What is written with the second number is sealed under a name of its own: perhaps it is not the
    reporter who writes. message_id: made from the form, so that a second press raises
    AlreadyReceived and adds nothing.
    Raises NoWords or TooLong.
    """
    check_may_say(text)
    name = FROM_SECOND if conversation.is_empty else FROM_REPORTER
    sealed = seal(epoch=conversation.epoch, name=name, content=text.encode(), at=at)
    message = Message(
        id=message_id,
        report_id=conversation.report_id,
        direction=Message.Direction.FROM_REPORTER,
        sealed=sealed,
        sent_at=at,
    )
    with once(message):
        message.save(force_insert=True)
    record(
        act="reporting.reporter_wrote",
        actor=actor,
        at=at,
        subject_id=conversation.report_id,
        rows=[sealed, message],
    )


@transaction.atomic
def put_away(*, actor: Actor, conversation: Conversation, message_id: UUID, at: datetime) -> None:
    """The reporter has read a message: their copy is emptied, the desk keeps its own.

    A message that was put away before, or that is another's, changes nothing.
    """
    message = empty_letter(conversation.receipt, message_id, at)
    if message is None:
        return
    record(
        act="reporting.reporter_read",
        actor=actor,
        at=at,
        subject_id=conversation.report_id,
        rows=[message],
    )


@transaction.atomic
def give_second(
    *, actor: Actor, conversation: Conversation, digits: str, receipt: Opened, at: datetime
) -> None:
    """Let a second number open an empty conversation, for whoever is made to show their messages.

    digits: the second number, which alone makes the row's id: asked for twice, the second raises
    AlreadyReceived. Nothing can be answered to it: its key opens nothing.
    """
    row = made_receipt(conversation.report_id, receipt)
    row.id, row.empty = id_of_second(digits), True
    with once(row):
        row.save(force_insert=True)
    record(
        act="reporting.second_number",
        actor=actor,
        at=at,
        subject_id=conversation.report_id,
        rows=[row],
    )
