"""Which keys are in force, and who may open what."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from himaya.vault.errors import NoKey
from himaya.vault.models import Compartment, CompartmentEpoch, DeskEpoch, Grant
from himaya.vault.seal import Reader


def key_of_desk(desk_id: UUID) -> DeskEpoch:
    """The desk's key in force. Raises NoKey when the desk has none."""
    epoch = DeskEpoch.objects.filter(desk_id=desk_id, closed_at__isnull=True).first()
    if epoch is None:
        raise NoKey(desk=desk_id)
    return epoch


def readers(desk_ids: Iterable[UUID], reason: Grant.Reason) -> list[Reader]:
    """The desks as readers of a compartment, each with its key in force."""
    return [Reader(key_of_desk(desk_id), reason) for desk_id in desk_ids]


def key_of_compartment(compartment: Compartment) -> CompartmentEpoch:
    """The compartment's newest epoch: what new things are sealed to."""
    return CompartmentEpoch.objects.filter(compartment=compartment).latest("number")


def compartments_of(subject_id: UUID) -> QuerySet[Compartment]:
    """The compartments of a report or a case, in the order they were made."""
    return Compartment.objects.filter(subject_id=subject_id).order_by("made_at", "kind")
