"""Cases, read for an actor."""

from uuid import UUID

from django.db.models import QuerySet

from himaya.cases.models import Case, TrackState
from himaya.identification.models import Screening
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.vault.models import Compartment


def case_for(actor: Actor, case_id: UUID) -> Case:
    """A case of the actor's desks. Raises NotKnown for any other."""
    visible = Case.objects.visible_to(actor).select_related("desk", "identification_desk")
    found = visible.filter(id=case_id).first()
    if found is None:
        raise NotKnown(case=case_id)
    return found


def open_cases_of(actor: Actor) -> QuerySet[Case]:
    """Open cases of the actor's desks, the newest first."""
    return Case.objects.visible_to(actor).filter(state=Case.State.OPEN).order_by("-opened_at")


def closed_cases_of(actor: Actor) -> QuerySet[Case]:
    """Closed cases of the actor's desks, the last closed first."""
    return Case.objects.visible_to(actor).filter(state=Case.State.CLOSED).order_by("-closed_at")


def undecided_for(actor: Actor) -> QuerySet[Screening]:
    """Finished screenings of the actor's desks on which nobody has decided the status yet."""
    cases = Case.objects.filter(state=Case.State.OPEN, status=Case.Status.NONE)
    taken = Screening.objects.visible_to(actor).filter(state=Screening.State.TAKEN)
    return taken.filter(subject_id__in=cases.values("id")).order_by("due_at")


def compartment_of(case: Case, compartment_id: UUID) -> Compartment:
    """A compartment of the case or of its report. Raises NotKnown for any other."""
    subjects = [case.id, case.report_id] if case.report_id else [case.id]
    found = Compartment.objects.filter(id=compartment_id, subject_id__in=subjects).first()
    if found is None:
        raise NotKnown(compartment=compartment_id)
    return found


def tracks_of(case: Case) -> dict[str, TrackState]:
    """Track id → where it stands."""
    return {track.track: track for track in TrackState.objects.filter(case=case)}
