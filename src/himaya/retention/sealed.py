"""The words of an order, opened by those who look after legal holds, with a trace."""

from datetime import datetime

from himaya.kernel.access import Actor
from himaya.retention.models import Hold
from himaya.vault.keyring import Keyring
from himaya.vault.reasons import Reason
from himaya.vault.reveal import reveal

PURPOSE = "hold"


def order_of(*, keyring: Keyring, hold: Hold, actor: Actor, at: datetime) -> str:
    """The reference of the order that a hold rests on; the reading is recorded."""
    opened = reveal(
        keyring=keyring,
        compartment_ids=[hold.words_id],
        subject_id=hold.id,
        actor=actor,
        at=at,
        purpose=PURPOSE,
        reason=Reason.OWN_WORK,
    )
    return "\n".join(each.content.decode() for each in opened)
