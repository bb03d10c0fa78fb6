"""Opening a record, for the operations of this concept only."""

from datetime import datetime

from himaya.fieldwork.contents import RECORD, Noted
from himaya.fieldwork.errors import CannotBeRead
from himaya.fieldwork.models import Card
from himaya.fieldwork.queries import compartment_of
from himaya.kernel.access import Actor
from himaya.vault.files import NotAsSealed
from himaya.vault.keyring import Keyring
from himaya.vault.reveal import reveal

READING = "field_card"


def open_record(*, keyring: Keyring, actor: Actor, card: Card, at: datetime, reason: str) -> Noted:
    """What was answered and noted; leaves an entry. Raises CannotBeRead and ReasonNeeded.

    A stranger with a registered device may seal anything.
    """
    opened = reveal(
        keyring=keyring,
        compartment_ids=[compartment_of(card).pk],
        subject_id=card.pk,
        actor=actor,
        at=at,
        purpose=READING,
        reason=reason,
    )
    try:
        (record,) = [each for each in opened if each.name == RECORD and not each.broken]
        return Noted.from_bytes(record.content)
    except (ValueError, NotAsSealed) as no:
        raise CannotBeRead(card=card.pk) from no
