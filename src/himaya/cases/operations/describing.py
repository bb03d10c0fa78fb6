"""The coded facts of a person."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.cases.models import Case
from himaya.cases.operations.locked import locked
from himaya.cases.rules import check_may_work
from himaya.kernel.access import Actor
from himaya.kernel.errors import Stale


@transaction.atomic
def describe(
    *,
    actor: Actor,
    case_id: UUID,
    version: int,
    danger: str,
    child: str,
    sex: str,
    citizenship: str,
    language: str,
    interpreter: str,
    reachable: str,
    place: str,
    exploitation: Sequence[str],
    at: datetime,
) -> Case:
    """Set the coded facts about the person that figures, lists and referrals are made from.

    Raises Stale when a colleague changed them meanwhile.
    """
    case = locked(actor, case_id)
    check_may_work(actor, case)
    if case.version != version:
        raise Stale(case=case.pk)
    case.child, case.sex, case.citizenship, case.language = child, sex, citizenship, language
    case.danger, case.place = danger, place
    case.interpreter, case.reachable = interpreter, reachable
    case.exploitation = list(exploitation)
    case.version += 1
    case.save()
    record(
        act="case.described",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=case.desk_id,
        rows=[case],
    )
    return case
