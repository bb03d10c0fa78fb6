"""Rosters on the day of whoever keeps them: hours that somebody should have and nobody has."""

from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from himaya.accounts.models import Membership
from himaya.agencies.models import Desk
from himaya.directory.models import Replacement, Roster, Shift
from himaya.directory.presenters.roster import gap_words
from himaya.directory.queries import country_zone, gaps_of, turns_among, yesterday
from himaya.directory.rules.roster import Gap
from himaya.kernel.access import Actor, Permission
from himaya.pathway.asking import Rows, Section, joined
from himaya.web.staff.day.lines import MOST, Task

Kept = TypeVar("Kept", Roster, Shift, Replacement, Membership)
ROWS = 2000  # of shifts and of turns replaced: more than a supervisor's desks have


def gaps(actor: Actor, at: datetime) -> Section[list[Task]]:
    """The next gap of each roster that the officer keeps."""
    if not actor.may(Permission.ACCESS_SUPERVISE):
        return []
    rosters, shifts, replaced, seats, desks = yield [
        _of_desks(Roster, actor)[:MOST],
        _of_desks(Shift, actor).exclude(last_on__lt=yesterday(at))[:ROWS],
        _of_desks(Replacement, actor).filter(on__gte=yesterday(at))[:ROWS],
        _of_desks(Membership, actor).filter(officer__is_active=True),
        Desk.objects.filter(pk__in=actor.desk_ids),
    ]
    joined(rosters, "desk", desks)
    lines = []
    for roster in rosters:
        own, others = (_of(roster, rows) for rows in (shifts, replaced))
        seated = frozenset(seat.officer_id for seat in _of(roster, seats))
        found = gaps_of(roster, turns_among(own, others, seated, at), at)
        lines += [_line(roster, each.gap, at) for each in found[:1]]
    return lines


def _of_desks(model: type[Kept], actor: Actor) -> QuerySet[Kept]:
    """What belongs to the actor's desks."""
    return model._default_manager.filter(desk_id__in=actor.desk_ids).order_by("pk")


def _of(roster: Roster, rows: Rows) -> Rows:
    return [row for row in rows if row.desk_id == roster.desk_id]


def _line(roster: Roster, gap: Gap, at: datetime) -> Task:
    return Task(
        kind="roster",
        id=roster.pk,
        what=_("Put somebody on duty"),
        who=roster.desk.label(),
        why_now=gap_words(gap, country_zone()),
        href=reverse("directory:roster", args=[roster.desk_id]),
        since=at,
        until=gap.begins,
    )
