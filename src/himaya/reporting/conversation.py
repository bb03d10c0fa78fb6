"""One conversation, as the holder of a receipt reaches it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyrage
from django.db import connection

from himaya.audit.proof_files import code_of
from himaya.reporting.models import Message
from himaya.reporting.receipts import Opened
from himaya.vault.keyring import unwrap
from himaya.vault.models import CompartmentEpoch
from himaya.vault.padding import unpad


@dataclass(frozen=True, slots=True)
class Letter:
    """The oldest message from the desk that the reporter has not put away, still sealed."""

    id: UUID
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a receipt opens. epoch: where new words go. The report itself cannot be read here.

    is_empty: it was the second number, which never has a letter.
    """

    report_id: UUID
    receipt: Opened
    wrapped: bytes
    epoch: CompartmentEpoch
    letter: Letter | None
    is_empty: bool

    def read(self, letter: Letter) -> str:
        """The words of a letter, opened with the reporter's own key."""
        private_key = unwrap(self.receipt.key, self.wrapped, self.report_id)
        identity = pyrage.x25519.Identity.from_str(private_key)
        return unpad(pyrage.decrypt(letter.sealed, [identity])).decode()


def conversation_of(receipt: Opened) -> Conversation | None:
    """The conversation of a receipt; None when no such receipt was ever given."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT report_id, wrapped, compartment_id, epoch_id, number, public_key, mac,"
            " message_id, content, empty FROM reporting_talk(%s)",
            [receipt.tag],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    report_id, wrapped, compartment_id, epoch_id, number, public_key, mac = row[:7]
    message_id, sealed, is_empty = row[7:]
    return Conversation(
        report_id=report_id,
        receipt=receipt,
        wrapped=bytes(wrapped),
        epoch=CompartmentEpoch(
            id=epoch_id,
            compartment_id=compartment_id,
            number=number,
            public_key=public_key,
            mac=mac,
        ),
        letter=Letter(message_id, bytes(sealed)) if message_id else None,
        is_empty=is_empty,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """Where the ledger says that a report was received, and the code of that line."""

    number: int
    at: datetime
    code: str


def line_of(receipt: Opened) -> Line | None:
    """The line of a receipt's report; None in the first seconds after it came."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT index, at, leaf FROM reporting_filed(%s)", [receipt.tag])
        row = cursor.fetchone()
    return Line(row[0], row[1], code_of(bytes(row[2]))) if row else None


def empty_letter(receipt: Opened, letter_id: UUID, at: datetime) -> Message | None:
    """Empty the reporter's copy of a message. Answers the message as it is now; None if it was
    empty before, or belongs to another receipt."""
    emptied = Message.objects.raw(
        "SELECT * FROM reporting_forget(%s, %s, %s)", [receipt.tag, letter_id, at]
    )
    return next(iter(emptied), None)
