"""What became of one deadline, for the ledger: on its case, for the desk that answers for it."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Model

from himaya.audit.record import record
from himaya.clocks.models import Deadline
from himaya.kernel.access import Actor


def trace(
    deadline: Deadline,
    act: str,
    *,
    actor: Actor,
    at: datetime,
    rows: Sequence[Model] = (),
    **facts: str | int,
) -> None:
    """Record an act on a deadline. rows: what else changed; facts: what else is to be known."""
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=deadline.case_id,
        desk_id=deadline.desk_id,
        facts={"deadline": str(deadline.id), **facts},
        rows=[deadline, *rows],
    )
