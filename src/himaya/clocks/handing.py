"""Another desk leads the case from now on: its deadlines go with it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.clocks.models import Deadline
from himaya.clocks.placing import running


@transaction.atomic
def hand_over(*, case_id: UUID, to_desk: UUID, at: datetime) -> list[Deadline]:
    """Let the desk that leads a case now answer for what the one before it answered for.

    Moments stay: whoever takes over takes over what is late. Returns the rows, for the record of
    the transfer. Called once the case itself has the new desk.
    """
    handed = running(case_id)
    for deadline in handed:
        if deadline.desk_id == deadline.lead_id:
            deadline.desk_id = to_desk
        deadline.lead_id = to_desk
    Deadline.objects.bulk_update(handed, ["desk", "lead"])
    return handed
