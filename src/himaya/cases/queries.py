"""Cases, read for an actor."""

from uuid import UUID

from himaya.cases.models import Case
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.vault.models import Compartment


def case_for(actor: Actor, case_id: UUID) -> Case:
    """A case of the actor's desks. Raises NotKnown for any other."""
    visible = Case.objects.visible_to(actor).select_related(
        "desk__agency", "identification_desk__agency"
    )
    found = visible.filter(id=case_id).first()
    if found is None:
        raise NotKnown(case=case_id)
    return found


def compartment_of(case: Case, compartment_id: UUID) -> Compartment:
    """A compartment of the case or of its report. Raises NotKnown for any other."""
    subjects = [case.id, case.report_id] if case.report_id else [case.id]
    parts = Compartment.objects.exclude(kind=Compartment.Kind.DECISION)  # has pages of its own
    found = parts.filter(id=compartment_id, subject_id__in=subjects).first()
    if found is None:
        raise NotKnown(compartment=compartment_id)
    return found
