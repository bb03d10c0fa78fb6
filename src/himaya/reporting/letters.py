"""One answer, sealed for each reporter of the reports that are read together."""

from datetime import datetime

from himaya.reporting.contents import FROM_DESK
from himaya.reporting.joined import joined_to
from himaya.reporting.models import Message, Report
from himaya.reporting.queries import reporter_key_of
from himaya.vault.models import Compartment, Sealed
from himaya.vault.queries import compartments_of, key_of_compartment
from himaya.vault.seal import seal, sealed_to


def write_letters(report: Report, text: str, at: datetime) -> list[Sealed | Message]:
    """Seal an answer twice for each: for the desks that read it, and for the reporter's receipt.

    In the caller's transaction; answers the rows that it saved. Each report keeps a conversation
    of its own. Raises KeyNotTrusted when a reporter's key is not the one made with the receipt.
    """
    rows: list[Sealed | Message] = []
    for each in (report, *joined_to(report.pk)):
        rows += _letter(each, text.encode(), at)
    return rows


def _letter(report: Report, content: bytes, at: datetime) -> tuple[Sealed, Message]:
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
    return copy, message
