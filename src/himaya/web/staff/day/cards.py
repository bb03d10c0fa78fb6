"""Records from the field on an officer's day, until somebody has read them.

Needs the index `fieldwork_cards_waiting`.
"""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from himaya.accountability.presenters import number
from himaya.fieldwork.models import Card
from himaya.kernel.access import Actor, Permission
from himaya.pathway.asking import Section
from himaya.web.staff.day.lines import Task, all_rows, at_each_desk


def cards(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Records that wait at the actor's desks: whoever asked the person could not decide."""
    if not actor.may(Permission.PERSON_SCREEN):
        return []
    waiting = Card.objects.filter(state=Card.State.ARRIVED).order_by("due_at", "id")
    lists = yield at_each_desk(actor, lambda desk: waiting.filter(desk_id=desk))
    return [_line(card) for card in all_rows(lists)]


def _line(card: Card) -> Task:
    return Task(
        kind="card",
        id=card.pk,
        what=_("Read a record from the field"),
        who=number(card.pk),
        why_now=_("An officer asked a person by the screening card. Nobody has read it yet."),
        href=reverse("fieldwork:show", args=[card.pk]),
        since=card.arrived_at,
        until=card.due_at,
        legal=True,
    )
