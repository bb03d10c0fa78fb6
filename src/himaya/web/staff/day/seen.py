"""Persons who may have been seen before, on an officer's day.

Needs the index `recognition_waiting`, and few matches that nobody has looked at.
"""

from datetime import datetime

from django.db.models import F, Q
from django.utils.translation import gettext as _

from himaya.cases.models import Case
from himaya.kernel.access import Actor, Permission
from himaya.pathway.asking import Section
from himaya.recognition.models import Match, Side
from himaya.web.staff.day.lines import MOST, Task


def matches(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Matches of the desks' own cases that nobody has looked at, and those another desk asks of.

    Of a case that is closed, or merged into another, nobody can say any more.
    """
    if not actor.may(Permission.CASE_WORK):
        return []
    found = Q(asks=True, match__state=Match.State.FOUND)
    asked = Q(asks=False, match__state=Match.State.ASKED)
    sides = Side.objects.filter(
        found | asked, case__desk_id__in=actor.desk_ids, case__merged_into=None
    ).exclude(case__state=Case.State.CLOSED)
    lines = sides.annotate(
        pseudonym=F("case__pseudonym"),
        since=F("match__found_at"),
        asked_at=F("match__asked_at"),
    )
    (rows,) = yield [lines.order_by("match__found_at", "id")[:MOST]]
    return [
        Task(
            kind="match",
            id=side.pk,
            what=_("Say whether a person was seen before"),
            who=side.pseudonym,
            why_now=_("Another desk asks whether it is the same person.")
            if side.asked_at
            else _("Somebody like this person is known."),
            href=f"/cases/{side.case_id}/seen",
            since=side.asked_at or side.since,
        )
        for side in rows
    ]
