"""The names of people who were met, opened for the desk that keeps the occasion."""

from collections.abc import Sequence
from datetime import datetime

from himaya.kernel.access import Actor
from himaya.occasions.models import Met, Occasion
from himaya.vault.keyring import Keyring
from himaya.vault.reasons import Reason
from himaya.vault.reveal import reveal

PURPOSE = "occasion"


def name_of(*, keyring: Keyring, actor: Actor, met: Met, at: datetime) -> str:
    """The name of one person; that it was opened is recorded. Raises NotGranted and NoKey."""
    assert met.name_id is not None  # asked only of people who were named
    items = reveal(
        keyring=keyring,
        compartment_ids=[met.name_id],
        subject_id=met.pk,
        actor=actor,
        at=at,
        purpose=PURPOSE,
        reason=Reason.OWN_WORK,
    )
    return items[0].text()


def names_of(
    *, keyring: Keyring, actor: Actor, occasion: Occasion, met: Sequence[Met], at: datetime
) -> dict[int, str]:
    """Number in the occasion → name, of those who were named; one entry for all of them."""
    named = {each.name_id: each.place for each in met if each.name_id is not None}
    if not named:
        return {}
    items = reveal(
        keyring=keyring,
        compartment_ids=list(named),
        subject_id=occasion.pk,
        actor=actor,
        at=at,
        purpose=PURPOSE,
        reason=Reason.OWN_WORK,
    )
    return {named[item.compartment_id]: item.text() for item in items}
