"""Calls on an operator's day: a caller who waits to be taken over, and a call that is still open.

Needs the indexes `hotline_waiting` and `hotline_one_call_at_a_time`.
"""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from himaya.accountability.presenters import number
from himaya.hotline.models import Call, Handover
from himaya.hotline.queries import to_take
from himaya.kernel.access import Actor, Permission
from himaya.pathway.asking import Section
from himaya.web.staff.day.lines import MOST, Task


def calls(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Whoever waits on the line comes before everything else."""
    if not actor.may(Permission.CALL_TAKE):
        return []
    mine = Call.objects.filter(operator_id=actor.officer_id, ended_at__isnull=True)
    waiting, still_open = yield [to_take(actor)[:MOST], mine]
    return [*map(_waiting, waiting), *map(_open, still_open)]


def _waiting(handover: Handover) -> Task:
    return Task(
        kind="handover",
        id=handover.pk,
        what=_("Take over a call"),
        who=number(handover.call_id),
        why_now=_("A caller waits on the line for somebody of your desk."),
        href=reverse("hotline:handing", args=[handover.pk]),
        since=handover.offered_at,
        until=handover.offered_at,
        danger="high",
    )


def _open(call: Call) -> Task:
    return Task(
        kind="call",
        id=call.pk,
        what=_("Go on with your call"),
        who=number(call.pk),
        why_now=_("It has not been ended. What you noted is destroyed a day after you last wrote."),
        href=reverse("hotline:call", args=[call.pk]),
        since=call.began_at,
        until=call.began_at,
        danger="high",
    )
