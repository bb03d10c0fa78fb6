"""Tasks on an officer's day: their own, and those of their desks that nobody has yet.

Needs the index `tasks_of_desk`.
"""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from himaya.kernel.access import Actor, Permission
from himaya.packs.loader import current
from himaya.pathway.asking import Section
from himaya.tasks.models import Task as Given
from himaya.web.staff.day.lines import Task, all_rows, at_each_desk


def tasks(actor: Actor, at: datetime) -> Section[list[Task]]:
    """What the officer was given, or anybody of their desk may take."""
    if not actor.may(Permission.CASE_WORK):
        return []
    waiting = Given.objects.open().filter(Q(officer=None) | Q(officer_id=actor.officer_id))
    found = yield at_each_desk(
        actor, lambda desk: waiting.filter(desk_id=desk).order_by("until", "id")
    )
    return [_line(given, at) for given in all_rows(found)]


def _line(given: Given, at: datetime) -> Task:
    zone = ZoneInfo(current().calendar.time_zone)
    return Task(
        kind="task",
        id=given.pk,
        what=given.get_kind_display(),
        who=given.pseudonym,
        why_now=_("You were asked to do it.")
        if given.officer_id
        else _("Your desk was asked to do it, and nobody has taken it yet."),
        href=f"/tasks/{given.pk}/",
        since=given.given_at,
        until=datetime.combine(given.until, time.max, zone),
    )
