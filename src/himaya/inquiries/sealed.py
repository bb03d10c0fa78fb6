"""The name of a suspect, opened for the desk that leads the inquiry."""

from datetime import datetime
from uuid import UUID

from himaya.kernel.access import Actor
from himaya.vault.keyring import Keyring
from himaya.vault.opened import Opened
from himaya.vault.reveal import reveal


def opened(
    *,
    keyring: Keyring,
    compartment_id: UUID,
    suspect_id: UUID,
    actor: Actor,
    at: datetime,
    reason: str,
) -> list[Opened]:
    """What is sealed about a suspect; that it was opened is recorded."""
    return reveal(
        keyring=keyring,
        compartment_ids=[compartment_id],
        subject_id=suspect_id,
        actor=actor,
        at=at,
        purpose="inquiry",
        reason=reason,
    )
