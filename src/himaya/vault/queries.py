"""Which keys are in force, and who may open what."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from himaya.accounts.models import Membership
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown
from himaya.vault.errors import NoKey
from himaya.vault.models import Compartment, CompartmentEpoch, DeskEpoch, Grant, Readmission
from himaya.vault.seal import Reader


def key_of_desk(desk_id: UUID) -> DeskEpoch:
    """The desk's key in force. Raises NoKey when the desk has none."""
    signed = DeskEpoch.objects.filter(desk_id=desk_id, opened_at__isnull=False)
    epoch = signed.filter(closed_at__isnull=True).first()
    if epoch is None:
        raise NoKey(desk=desk_id)
    return epoch


def readers(desk_ids: Iterable[UUID], reason: Grant.Reason) -> list[Reader]:
    """The desks as readers of a compartment, each with its key in force."""
    return [Reader(key_of_desk(desk_id), reason) for desk_id in desk_ids]


def key_of_compartment(compartment: Compartment) -> CompartmentEpoch:
    """The compartment's newest epoch: what new things are sealed to."""
    return CompartmentEpoch.objects.filter(compartment=compartment).latest("number")


def readmissions_at(actor: Actor) -> QuerySet[Readmission]:
    """Colleagues of the actor's desks who lost their passphrase, and wait."""
    colleagues = Membership.objects.filter(desk__in=actor.desk_ids).values("officer")
    return Readmission.objects.filter(officer__in=colleagues, done_at__isnull=True)


def readmission_for(actor: Actor, readmission_id: UUID) -> Readmission:
    """A readmission that waits, for a colleague or for a second person. Raises NotKnown."""
    waiting = Readmission.objects.filter(done_at__isnull=True)
    seen = waiting if actor.may(Permission.OFFICER_APPROVE) else readmissions_at(actor)
    found = seen.filter(id=readmission_id).first()
    if found is None:
        raise NotKnown(readmission=readmission_id)
    return found


def desks_shared_with(actor: Actor, officer_id: UUID) -> set[UUID]:
    """The desks at which both the actor and another officer sit."""
    seats = Membership.objects.filter(officer=officer_id, desk__in=actor.desk_ids)
    return set(seats.values_list("desk_id", flat=True))


def compartments_of(subject_id: UUID) -> QuerySet[Compartment]:
    """The compartments of a report or a case, in the order they were made."""
    return Compartment.objects.filter(subject_id=subject_id).order_by("made_at", "kind")
