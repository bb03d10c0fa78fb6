"""What retention and the outbox put on an officer's day."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from himaya.accountability.presenters import number
from himaya.agencies.models import Desk
from himaya.cases.models import Case
from himaya.kernel.access import Actor, Permission
from himaya.notices.queries import given_up_for
from himaya.pathway.asking import Section, joined
from himaya.retention.models import Of
from himaya.retention.queries import erasures_allowed, holds_to_confirm, to_review
from himaya.web.staff.day.lines import MOST, Task
from himaya.web.staff.day.oversight import how_many


def holds(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Legal holds that nobody has confirmed for too long."""
    (found,) = yield [holds_to_confirm(actor, at)[:MOST]]
    return [
        Task(
            kind="hold",
            id=hold.pk,
            what=_("Confirm a legal hold, or end it"),
            who=hold.number,
            why_now=_("Nobody has said for long that it is still needed."),
            href=f"/retention/holds/{hold.pk}/",
            since=hold.confirmed_at,
            until=hold.confirm_by,
        )
        for hold in found
    ]


def reviews(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Parts whose time is over and that are looked at first; one task for all of them."""
    (found,) = yield [to_review(actor)[:MOST]]
    return (
        [
            Task(
                kind="retention",
                id=found[0].pk,
                what=_("Look at what would be destroyed"),
                who=how_many(found),
                why_now=_("Its time is over, and a person must look first."),
                href="/retention/",
                since=at,
            )
        ]
        if found
        else []
    )


def erasures(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Erasures that were allowed and that the one who asked carries out."""
    if not actor.may(Permission.ERASURE_ASK):
        return []
    of_case = Exists(Case.objects.filter(pk=OuterRef("subject_id")))
    (found,) = yield [erasures_allowed(actor, at).annotate(of_case=of_case)[:MOST]]
    return [
        Task(
            kind="erasure",
            id=request.pk,
            what=_("Destroy what a person told, as they asked"),
            who=number(request.subject_id),
            why_now=_("Another agency has allowed it."),
            href=_where_to_erase(request.subject_id, of_case=request.of_case),
            since=request.decided_at or request.asked_at,
            until=request.expires_at,
        )
        for request in found
    ]


def _where_to_erase(subject_id: UUID, *, of_case: bool) -> str:
    return f"/retention/erase/{Of.CASE if of_case else Of.REPORT}/{subject_id}/"


def undelivered(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Messages that could not be sent for one of the officer's desks."""
    (found,) = yield [given_up_for(actor).select_related(None)[:MOST]]
    (desks,) = yield [Desk.objects.filter(pk__in={message.desk_id for message in found})]
    joined(found, "desk", desks)
    return [
        Task(
            kind="letter",
            id=message.pk,
            what=_("Reach somebody another way"),
            who=message.desk.label(),
            why_now=_("A message could not be sent."),
            href="/duty/",
            since=message.made_at,
            danger="high" if message.subject_code == "look_now" else "",
        )
        for message in found
    ]
