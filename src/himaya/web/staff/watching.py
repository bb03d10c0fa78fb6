"""What accountability puts on an officer's day: alarms, emergency openings, drawn openings."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from himaya.accountability.models import Alarm
from himaya.accountability.operations.overseeing import OVERSEES
from himaya.accountability.presenters import number
from himaya.accountability.queries import (
    alarms_for,
    emergencies_to_review,
    own_emergencies,
    reviews_for,
)
from himaya.kernel.access import Actor, Permission
from himaya.web.staff.presenters import Task

MOST = 50  # of one kind


def alarms(actor: Actor, at: datetime) -> Iterator[Task]:
    """Alarms that a supervisor or a data protection officer must look at."""
    if not any(map(actor.may, OVERSEES)):
        return
    for alarm in alarms_for(actor)[:MOST]:
        yield Task(
            what=_("Look at an alarm"),
            who=alarm.officer.username,
            why_now=str(alarm.get_kind_display()),
            href="/accountability/",
            since=alarm.raised_at,
            danger="high" if alarm.kind == Alarm.Kind.CANARY else "medium",
        )


def emergencies(actor: Actor, at: datetime) -> Iterator[Task]:
    """Emergency openings: one's own while they last, and those of others to be judged."""
    if actor.may(Permission.ACCESS_EMERGENCY):
        for own in own_emergencies(actor, at)[:MOST]:
            yield Task(
                what=_("Finish what you opened in an emergency"),
                who=number(own.report_id),
                why_now=_("The opening ends by itself."),
                href=f"/emergency/{own.id}/",
                since=own.opened_at,
                until=own.until,
                danger="high",
            )
    if any(map(actor.may, OVERSEES)):
        for opened in emergencies_to_review(actor)[:MOST]:
            yield Task(
                what=_("Judge an emergency opening"),
                who=number(opened.report_id),
                why_now=str(opened.get_reason_display()),
                href="/accountability/",
                since=opened.opened_at,
                danger="high" if opened.until > at else "medium",
            )


def drawn_openings(actor: Actor, at: datetime) -> Iterator[Task]:
    """Openings drawn for review: one line for all, because each is a matter of seconds."""
    if not any(map(actor.may, OVERSEES)):
        return
    waiting = list(reviews_for(actor)[:MOST])
    if waiting:
        yield Task(
            what=_("Review openings that were drawn"),
            who=str(len(waiting)),
            why_now=_("They were drawn by chance; most are part of the work."),
            href="/accountability/",
            since=waiting[0].opened_at,
        )


def all_tasks(actor: Actor, at: datetime) -> Iterator[Task]:
    """Everything of this kind that waits for this officer."""
    yield from alarms(actor, at)
    yield from emergencies(actor, at)
    yield from drawn_openings(actor, at)
