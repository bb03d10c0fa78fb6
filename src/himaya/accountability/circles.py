"""Written reasons go to the oversight desks, and to nobody else."""

from datetime import datetime
from uuid import UUID

from himaya.accountability.errors import NobodyOversees
from himaya.agencies.models import Desk
from himaya.vault.models import Compartment, DeskEpoch, Grant
from himaya.vault.queries import readers
from himaya.vault.seal import Circle, open_circle


def for_oversight(subject_id: UUID, at: datetime) -> Circle:
    """A compartment about something that an officer did, which the oversight desks can open.

    Raises NobodyOversees when none of them has a key.
    """
    with_key = DeskEpoch.objects.filter(
        desk__kind=Desk.Kind.OVERSIGHT, opened_at__isnull=False, closed_at__isnull=True
    )
    desk_ids = list(with_key.values_list("desk_id", flat=True))
    if not desk_ids:
        raise NobodyOversees
    return open_circle(
        kind=Compartment.Kind.LEGAL,
        subject_id=subject_id,
        readers=readers(desk_ids, Grant.Reason.LEGAL_BASIS),
        at=at,
    )
