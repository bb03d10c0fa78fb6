"""What is due in a case, by which rule, and what stops its clocks (S3)."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from himaya.agencies.models import Desk
from himaya.cases.models import Case
from himaya.clocks.models import Deadline
from himaya.clocks.presenters import Shown, shown
from himaya.clocks.time_left import time_left
from himaya.consent.queries import lasting_for
from himaya.consent.tracking import EXPIRES
from himaya.kernel.access import Actor, Permission
from himaya.pathway.asking import Section, joined

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The deadlines that run, the soonest first. pauses: the officer may stop and start clocks."""

    shown: list[Shown]
    pauses: bool


def section(actor: Actor, case: Case, at: datetime) -> Section[Deadlines]:
    """What runs in the case now."""
    of_case = Deadline.objects.running().filter(case_id=case.pk)
    found, desks, lasting = yield [
        of_case.order_by("due_at", "id")[:SHOWN],
        Desk.objects.filter(pk__in=of_case.values("desk_id")),
        lasting_for(case.pk, at)[:1],
    ]
    joined(found, "desk", desks)
    stops = actor.may(Permission.CLOCK_PAUSE) and any(one.pauses for one in found)
    until = lasting[0].until if lasting else None
    lines = [
        _of_consents(shown(one, at), until, at) if one.steps == [EXPIRES] else shown(one, at)
        for one in found
    ]
    return Deadlines(sorted(lines, key=lambda line: line.at), stops)


def _of_consents(line: Shown, until: datetime | None, at: datetime) -> Shown:
    """A consent ends on the day that the person was told, not by a setting of the pathway."""
    if until is None:
        return line
    return replace(
        line,
        at=until,
        time=time_left(until, at),
        note=_("The last consent that holds ends then."),
        rule=_("The person was told this day when they agreed."),
    )
