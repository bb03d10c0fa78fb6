"""Which officer leads a case at its desk."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.cases.colleagues import who_see
from himaya.cases.models import Case
from himaya.cases.operations.locked import locked_all
from himaya.cases.rules import check_may_lead
from himaya.kernel.access import Actor


@transaction.atomic
def lead(
    *, actor: Actor, case_ids: Sequence[UUID], worker_id: UUID | None, at: datetime
) -> list[Case]:
    """Give cases to an officer of their desk, or to nobody; all or none, an entry for each.

    Raises NotKnown when one is not a case of the actor's desks, CannotSee when the officer may not
    open one of them, or as `check_may_work` does.
    """
    cases = locked_all(actor, case_ids)
    sees = {
        desk_id: {each.id for each in who_see(desk_id)}
        for desk_id in {case.desk_id for case in cases}
    }
    for case in cases:
        check_may_lead(actor, case, worker_id, sees[case.desk_id])
        case.worker_id = worker_id
        case.version += 1
    Case.objects.bulk_update(cases, ["worker", "version"])
    for case in cases:
        record(
            act="case.given" if worker_id else "case.given_back",
            actor=actor,
            at=at,
            subject_id=case.pk,
            desk_id=case.desk_id,
            rows=[case],
        )
    return cases
