"""A desk answers a reporter whom nobody can name."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.reporting.contents import FROM_DESK
from himaya.reporting.models import Message
from himaya.reporting.queries import report_for, reporter_key_of
from himaya.reporting.rules import check_may_answer
from himaya.vault.models import Compartment
from himaya.vault.queries import compartments_of, key_of_compartment
from himaya.vault.seal import seal, sealed_to


@transaction.atomic
def answer(*, actor: Actor, report_id: UUID, text: str, at: datetime) -> Message:
    """Seal an answer twice: for the desks that read the report, and for the reporter's receipt.

    Raises NotPermitted, NotKnown, NoWords or TooLong, and KeyNotTrusted when the reporter's key
    is not the one made with the receipt; then nothing was sent.
    """
    check_may_answer(actor, text)
    report = report_for(actor, report_id)
    content = text.encode()
    narrative = compartments_of(report.pk).get(kind=Compartment.Kind.NARRATIVE)
    copy = seal(epoch=key_of_compartment(narrative), name=FROM_DESK, content=content, at=at)
    message = Message(
        report=report,
        direction=Message.Direction.FROM_DESK,
        sealed=copy,
        for_reporter=sealed_to([reporter_key_of(report)], content),
        sent_at=at,
    )
    message.save(force_insert=True)
    record(
        act="reporting.answered",
        actor=actor,
        at=at,
        subject_id=report.pk,
        desk_id=report.desk_id,
        rows=[copy, message],
    )
    return message
