"""The sealed side of a case: opening it, with a trace, and passing keys on."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from himaya.kernel.access import Actor
from himaya.vault.keyring import Keyring
from himaya.vault.models import Grant
from himaya.vault.opened import Opened
from himaya.vault.reveal import EVERYTHING, reveal, share


def opened(
    *,
    keyring: Keyring,
    compartment_ids: Sequence[UUID],
    case_id: UUID,
    actor: Actor,
    at: datetime,
    purpose: str,
    reason: str,
    which: Q = EVERYTHING,
) -> list[Opened]:
    """What lies in some compartments of a case, or which of it; each is recorded as read."""
    return reveal(
        keyring=keyring,
        compartment_ids=compartment_ids,
        subject_id=case_id,
        actor=actor,
        at=at,
        purpose=purpose,
        reason=reason,
        which=which,
    )


def hand_over(
    *,
    keyring: Keyring,
    compartment_ids: Sequence[UUID],
    desk_id: UUID,
    actor: Actor,
    at: datetime,
) -> list[Grant]:
    """Let the desk that will lead the case open what the report said."""
    grants: list[Grant] = []
    for compartment_id in compartment_ids:
        grants += share(
            keyring=keyring,
            compartment_id=compartment_id,
            desk_id=desk_id,
            reason=Grant.Reason.CASE,
            actor=actor,
            at=at,
        )
    return grants
