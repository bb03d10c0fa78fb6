"""Time has passed: who must be told is told, and what could be done until then no longer can."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db import transaction

from himaya.agencies.models import Desk
from himaya.clocks.models import Call, Deadline
from himaya.clocks.placing import next_call
from himaya.clocks.trace import trace
from himaya.kernel.access import Actor
from himaya.notices.outbox import page_desk
from himaya.packs.escalation import Level
from himaya.packs.loader import edition
from himaya.packs.vocabulary import Side

AT_ONCE = 200  # deadlines in one transaction
SOON, NOW = "look_at_your_list", "look_now"
Notices = dict[UUID, str]  # desk → the wording; of two the more urgent
OnDuty = Callable[[UUID, datetime], Collection[object]]  # who is on duty at a desk at a moment


@transaction.atomic
def call(
    *, actor: Actor, reached: datetime, at: datetime, on_duty: OnDuty = lambda _desk, _at: ()
) -> int:
    """Take every level of escalation whose moment was reached; returns for how many deadlines.

    Each level is taken once: it is written down beside the deadline, whose row is locked, so a
    worker that was down for days takes what it missed one after the other, and of two workers each
    takes others. However many lines it is about, a desk gets one notice, which names none of them.

    reached: the moment that has surely come, by whatever clock says so first; at: the database's.
    on_duty: what the rosters say; the ledger keeps how many were there to be told.
    """

    @cache
    def there(desk_id: UUID) -> int:
        return len(on_duty(desk_id, at))

    waiting = Deadline.objects.running().filter(kind=Deadline.Kind.DUTY, calls_at__lte=reached)
    found = list(waiting.order_by("calls_at").select_for_update(skip_locked=True)[:AT_ONCE])
    notices: Notices = {}
    for deadline in found:
        for level in _levels(deadline, reached):
            _take(actor, deadline, level, there(deadline.desk_id), at)
            _note(notices, deadline, level)
    for desk_id, wording in sorted(notices.items()):
        page_desk(actor=actor, desk_id=desk_id, subject_code=wording, at=at)
    return len(found)


def _levels(deadline: Deadline, reached: datetime) -> Iterator[Level]:
    """The levels that have come, one after the other; the deadline goes on with each of them."""
    chain = edition(deadline.pack).escalation
    while deadline.calls_at is not None and deadline.calls_at <= reached:
        level = chain[deadline.level]
        deadline.level += 1
        deadline.calls_at = next_call(deadline)
        yield level


def _take(actor: Actor, deadline: Deadline, level: Level, there: int, at: datetime) -> None:
    deadline.save(update_fields=["level", "calls_at"])
    taken = Call(deadline=deadline, level=level.id, told=list(level.told), at=at)
    taken.save(force_insert=True)
    trace(
        deadline, "clocks.called", actor=actor, at=at, rows=[taken], level=level.id, on_duty=there
    )


def _note(notices: Notices, deadline: Deadline, level: Level) -> None:
    wording = SOON if level.side is Side.BEFORE else NOW
    for desk_id in _told(deadline, level.told):
        if notices.get(desk_id) != NOW:
            notices[desk_id] = wording


def _told(deadline: Deadline, told: Iterable[str]) -> set[UUID]:
    """The desks whose officers on duty are told. A supervisor sits at the desk that answers."""
    desks: dict[str, set[UUID]] = {
        "desk": {deadline.desk_id},
        "lead": {deadline.lead_id},
        "supervisor": {deadline.desk_id},
    }
    found = set().union(*(desks.get(one, set()) for one in told))
    return found | (_committee() if "committee" in told else set())


def _committee() -> set[UUID]:
    return set(Desk.objects.filter(kind=Desk.Kind.COMMITTEE).values_list("id", flat=True))


@transaction.atomic
def lapse(*, actor: Actor, reached: datetime, at: datetime) -> int:
    """End what could be done until now and was not: nobody is late with it. Returns how many."""
    waiting = Deadline.objects.running().filter(kind=Deadline.Kind.CHANCE, calls_at__lte=reached)
    found = list(waiting.order_by("calls_at").select_for_update(skip_locked=True)[:AT_ONCE])
    for deadline in found:
        deadline.ended_at = at
        deadline.calls_at = None
        deadline.save(update_fields=["ended_at", "calls_at"])
        trace(deadline, "clocks.lapsed", actor=actor, at=at)
    return len(found)
