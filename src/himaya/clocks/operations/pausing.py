"""An officer stops the clocks of a case for a reason of the pack, and starts them again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.clocks.models import Deadline, Pause
from himaya.clocks.placing import own_reasons, replace_all, running
from himaya.clocks.rules import check_may_pause, check_may_resume
from himaya.kernel.access import Actor


@transaction.atomic
def pause(*, actor: Actor, case_id: UUID, reason: str, at: datetime) -> list[Deadline]:
    """Stop the clocks of a case that name this reason, until somebody starts them again.

    Returns those that stand still now. Raises NothingToStop, StopsByItself or AlreadyStopped.
    """
    found = running(case_id)
    lasting = _lasting(case_id, reason)
    check_may_pause(actor, found, reason, own=own_reasons(found), lasting=lasting is not None)
    begun = Pause(case_id=case_id, reason=reason, since=at)
    begun.save(force_insert=True)
    return _settle("clocks.paused", actor, begun, found, at)


@transaction.atomic
def resume(*, actor: Actor, case_id: UUID, reason: str, at: datetime) -> list[Deadline]:
    """The reason is over: the clocks go on, with the time given back that they stood still.

    Returns those that moved; a clock that stands still for another reason as well stays so. Raises
    NotStopped or StopsByItself.
    """
    found = running(case_id)
    over = _lasting(case_id, reason)
    check_may_resume(actor, found, over)
    assert over is not None  # the rule refused it
    over.until = max(at, over.since)
    over.save(update_fields=["until"])
    return _settle("clocks.resumed", actor, over, found, at)


def _lasting(case_id: UUID, reason: str) -> Pause | None:
    found = Pause.objects.filter(case_id=case_id, reason=reason, until=None).order_by("track")
    return found.select_for_update().first()


def _settle(
    act: str, actor: Actor, changed: Pause, found: list[Deadline], at: datetime
) -> list[Deadline]:
    moved = replace_all(changed.case_id, found)
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=changed.case_id,
        desk_id=found[0].lead_id,
        facts={"reason": changed.reason},
        rows=[changed, *moved],
    )
    return moved
