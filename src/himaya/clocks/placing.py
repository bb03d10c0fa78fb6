"""Working out anew where the deadlines of a case stand."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from himaya.clocks.models import Deadline, Pause
from himaya.clocks.rules import Stand, reasons_of, stand
from himaya.packs.escalation import moments
from himaya.packs.loader import edition


def pauses_of(case_id: UUID) -> list[Pause]:
    """Every pause of a case, those that are over included."""
    return list(Pause.objects.filter(case_id=case_id).order_by("since"))


def running(case_id: UUID) -> list[Deadline]:
    """The deadlines of a case that have not ended, locked in one order for all."""
    found = Deadline.objects.running().filter(case_id=case_id).order_by("id")
    return list(found.select_for_update(of=("self",)))


def place(deadline: Deadline, pauses: Iterable[Pause]) -> None:
    """Put a deadline where it stands by these pauses. Never earlier than it stood."""
    found = stand(deadline, pauses, edition(deadline.pack).calendar)
    deadline.due_at = max(found.due_at, deadline.due_at)
    deadline.paused_since = found.paused_since
    deadline.calls_at = next_call(deadline)


def next_call(deadline: Deadline) -> datetime | None:
    """When somebody is told of it next, or it happens or lapses; None for never, or not yet."""
    if deadline.ended_at is not None or deadline.paused_since is not None:
        return None
    if deadline.kind != Deadline.Kind.DUTY:
        return deadline.due_at
    pack = edition(deadline.pack)
    called = moments(
        pack.escalation,
        started_at=deadline.started_at,
        due=deadline.due_at,
        calendar=pack.calendar,
    )
    return called[deadline.level] if deadline.level < len(called) else None


def replace_all(case_id: UUID, found: Sequence[Deadline]) -> list[Deadline]:
    """Place each of these running deadlines anew, and save and return those that moved."""
    pauses = pauses_of(case_id)
    moved = []
    for deadline in found:
        before = (Stand(deadline.due_at, deadline.paused_since), deadline.calls_at)
        place(deadline, pauses)
        if before != (Stand(deadline.due_at, deadline.paused_since), deadline.calls_at):
            moved.append(deadline)
    Deadline.objects.bulk_update(moved, ["due_at", "paused_since", "calls_at"])
    return moved


def own_reasons(found: Sequence[Deadline]) -> set[str]:
    """What the pathway of these deadlines stops clocks for by itself."""
    codes = {one.pack for one in found}
    return {reason for code in codes for reason in reasons_of(edition(code))}
