"""The newest part of a case's history; the whole of it has a page of its own."""

from dataclasses import dataclass
from datetime import datetime

from himaya.agencies.models import Desk
from himaya.cases.models import Case
from himaya.kernel.access import Actor
from himaya.pathway.asking import Section
from himaya.pathway.presenters import Event, events
from himaya.pathway.queries import acts_in, happenings

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Newest:
    """The last things that happened, oldest first. more: whether something happened before."""

    events: list[Event]
    more: bool


def section(actor: Actor, case: Case, at: datetime) -> Section[Newest]:
    """What was done last in the case and in the report it came from."""
    newest = acts_in(case).order_by("-index")[: SHOWN + 1]
    acts, desks = yield [newest, Desk.objects.filter(pk__in=acts_in(case).values("desk_id"))]
    shown = events(reversed(happenings(acts[:SHOWN], desks)))
    return Newest(shown, more=len(acts) > SHOWN)
