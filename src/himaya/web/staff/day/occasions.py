"""Occasions on an officer's day, with how many people were not screened yet.

Needs the index `occasions_open`.
"""

from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from himaya.kernel.access import Actor, Permission
from himaya.occasions.models import Met, Occasion
from himaya.occasions.queries import open_until
from himaya.pathway.asking import Section
from himaya.web.staff.day.lines import Task, all_rows, at_each_desk


def occasions(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Occasions of the officer's desks on which somebody waits to be screened."""
    if not actor.may(Permission.OCCASION_KEEP):
        return []
    found = yield at_each_desk(actor, lambda desk: _counted(open_until(desk)))
    return [_line(occasion) for occasion in all_rows(found)]


def _counted(occasions: QuerySet[Occasion]) -> QuerySet[Occasion]:
    waiting = Met.objects.filter(occasion=OuterRef("pk")).waiting().order_by().values("occasion")
    number = waiting.annotate(number=Count("pk")).values("number")
    counted = occasions.annotate(waiting=Subquery(number, output_field=IntegerField()))
    return counted.filter(waiting__gt=0)


def _line(occasion: Occasion) -> Task:
    number = vars(occasion)["waiting"]
    return Task(
        kind="occasion",
        id=occasion.pk,
        what=_("Screen whom you met: %(kind)s") % {"kind": occasion.get_kind_display()},
        who=occasion.number,
        why_now=ngettext(
            "%(number)d person was not screened yet.",
            "%(number)d persons were not screened yet.",
            number,
        )
        % {"number": number},
        href=f"/occasions/{occasion.pk}/",
        since=occasion.opened_at,
        until=occasion.due_at,
        legal=True,
    )
