"""Raising an alarm: saved, in the ledger, and the oversight desks are called."""

from datetime import datetime

from himaya.accountability.models import Alarm
from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.notices.outbox import page_desk


def raise_alarm(alarm: Alarm, actor: Actor, at: datetime) -> None:
    """Save an alarm that the worker found, in its transaction, and page who looks at alarms."""
    alarm.save(force_insert=True)
    record(
        act="access.alarm",
        actor=actor,
        at=at,
        subject_id=alarm.id,
        facts={"kind": alarm.kind, "entry": alarm.entry_index},
        rows=[alarm],
    )
    for desk_id in Desk.objects.filter(kind=Desk.Kind.OVERSIGHT).values_list("id", flat=True):
        page_desk(actor=actor, desk_id=desk_id, subject_code="look_now", at=at)
