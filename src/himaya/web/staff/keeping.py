"""What retention and the outbox put on an officer's day."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from himaya.kernel.access import Actor, Permission
from himaya.notices.queries import given_up_for
from himaya.retention.models import Of
from himaya.retention.queries import erasures_allowed, holds_to_confirm, of_subject, to_review
from himaya.web.staff.presenters import Task

MOST = 50  # of one kind


def holds(actor: Actor, at: datetime) -> Iterator[Task]:
    """Legal holds that nobody has confirmed for too long."""
    for hold in holds_to_confirm(actor, at)[:MOST]:
        yield Task(
            what=_("Confirm a legal hold, or end it"),
            who=hold.number,
            why_now=_("Nobody has said for long that it is still needed."),
            href=f"/retention/holds/{hold.id}/",
            since=hold.confirmed_at,
            until=hold.confirm_by,
        )


def reviews(actor: Actor, at: datetime) -> Iterator[Task]:
    """Parts whose time is over and that are looked at first; one task for all of them."""
    waiting = to_review(actor)
    number = waiting.count()
    if number:
        yield Task(
            what=_("Look at what would be destroyed"),
            who=str(number),
            why_now=_("Its time is over, and a person must look first."),
            href="/retention/",
            since=at,
        )


def erasures(actor: Actor, at: datetime) -> Iterator[Task]:
    """Erasures that were allowed and that the one who asked carries out."""
    if not actor.may(Permission.ERASURE_ASK):
        return
    for request in erasures_allowed(actor, at)[:MOST]:
        of = of_subject(request.subject_id)
        yield Task(
            what=_("Destroy what a person told, as they asked"),
            who=str(request.subject_id)[:8].upper(),
            why_now=_("Another agency has allowed it."),
            href=f"/retention/erase/{of or Of.CASE}/{request.subject_id}/",
            since=request.decided_at or request.asked_at,
            until=request.expires_at,
        )


def undelivered(actor: Actor, at: datetime) -> Iterator[Task]:
    """Messages that could not be sent for one of the officer's desks."""
    for message in given_up_for(actor)[:MOST]:
        yield Task(
            what=_("Reach somebody another way"),
            who=message.desk.label(),
            why_now=_("A message could not be sent."),
            href="/duty/",
            since=message.made_at,
            danger="high" if message.subject_code == "look_now" else "",
        )


def all_tasks(actor: Actor, at: datetime) -> Iterator[Task]:
    """All of it."""
    yield from holds(actor, at)
    yield from reviews(actor, at)
    yield from erasures(actor, at)
    yield from undelivered(actor, at)
