"""What accountability puts on an officer's day: alarms, emergency openings, drawn openings."""

from datetime import datetime

from django.db.models import F
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
from himaya.pathway.asking import Section
from himaya.web.staff.day.lines import MOST, Task


def alarms(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Alarms that a supervisor or a data protection officer must look at."""
    if not any(map(actor.may, OVERSEES)):
        return []
    raised = alarms_for(actor).select_related(None).defer(None)
    (found,) = yield [raised.annotate(username=F("officer__username"))[:MOST]]
    return [
        Task(
            kind="alarm",
            id=alarm.pk,
            what=_("Look at an alarm"),
            who=alarm.username,
            why_now=str(alarm.get_kind_display()),
            href="/accountability/",
            since=alarm.raised_at,
            danger="high" if alarm.kind == Alarm.Kind.CANARY else "medium",
        )
        for alarm in found
    ]


def own_openings(actor: Actor, at: datetime) -> Section[list[Task]]:
    """The officer's own emergency openings, while they last."""
    if not actor.may(Permission.ACCESS_EMERGENCY):
        return []
    (found,) = yield [own_emergencies(actor, at)[:MOST]]
    return [
        Task(
            kind="emergency",
            id=own.pk,
            what=_("Finish what you opened in an emergency"),
            who=number(own.report_id),
            why_now=_("The opening ends by itself."),
            href=f"/emergency/{own.pk}/",
            since=own.opened_at,
            until=own.until,
            danger="high",
        )
        for own in found
    ]


def openings_to_judge(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Emergency openings of others that nobody has judged."""
    if not any(map(actor.may, OVERSEES)):
        return []
    (found,) = yield [emergencies_to_review(actor).select_related(None).defer(None)[:MOST]]
    return [
        Task(
            kind="judgement",
            id=opened.pk,
            what=_("Judge an emergency opening"),
            who=number(opened.report_id),
            why_now=str(opened.get_reason_display()),
            href="/accountability/",
            since=opened.opened_at,
            danger="high" if opened.until > at else "medium",
        )
        for opened in found
    ]


def drawn_openings(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Openings drawn for review: one line for all, because each is a matter of seconds."""
    if not any(map(actor.may, OVERSEES)):
        return []
    (found,) = yield [reviews_for(actor).select_related(None).defer(None)[:MOST]]
    return (
        [
            Task(
                kind="drawn",
                id=found[0].pk,
                what=_("Review openings that were drawn"),
                who=how_many(found),
                why_now=_("They were drawn by chance; most are part of the work."),
                href="/accountability/",
                since=found[0].opened_at,
            )
        ]
        if found
        else []
    )


def how_many(found: list[object]) -> str:
    """How many things one line stands for, as far as they were looked at."""
    return str(len(found)) if len(found) < MOST else _("more than %(n)d") % {"n": MOST - 1}
