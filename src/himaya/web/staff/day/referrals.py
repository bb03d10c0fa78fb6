"""Referrals on an officer's day.

Needs the indexes `referrals_inbox`, `referrals_overtaken` and `referrals_news`.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from himaya.agencies.models import Desk
from himaya.kernel.access import Actor, Permission
from himaya.pathway.asking import Section, joined
from himaya.referrals.listing import PRIORITIES
from himaya.referrals.models import Referral
from himaya.referrals.queries import requests_to
from himaya.referrals.rules import UNANSWERED
from himaya.web.staff.day.lines import MOST, Task, all_rows, at_each_desk
from himaya.web.staff.day.reports import DANGER_OF_REPORT


def referrals(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Referrals that wait for the answer of the officer's desk."""
    if not actor.may(Permission.REFERRAL_ANSWER):
        return []
    waiting = Referral.objects.filter(state__in=UNANSWERED, sent_at__isnull=False)
    asked = [
        waiting.filter(receiver_id=desk, priority=priority).order_by("due_at", "id")[:MOST]
        for desk in sorted(actor.desk_ids)
        for priority in PRIORITIES
    ]
    rows = all_rows((yield asked))
    yield from _with_desk(rows, "sender")
    return [
        Task(
            kind="referral",
            id=referral.pk,
            what=_("Answer a referral"),
            who=referral.pseudonym,
            why_now=_("Asked by %(desk)s.") % {"desk": referral.sender.label()},
            href=f"/referrals/{referral.pk}/",
            since=referral.sent_at or referral.made_at,
            until=referral.due_at,
            danger=DANGER_OF_REPORT[referral.priority],
        )
        for referral in rows
    ]


def silent(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Referrals that another desk leaves unanswered, and that the officer's desk was woken for."""
    if not actor.may(Permission.REFERRAL_ANSWER):
        return []
    rows = all_rows((yield at_each_desk(actor, lambda desk: _woken_for(actor, desk))))
    yield from _with_desk(rows, "receiver")
    return [
        Task(
            kind="silence",
            id=referral.pk,
            what=_("See to a referral that nobody answers"),
            who=referral.pseudonym,
            why_now=_("%(desk)s is silent, and your desk was woken.")
            % {"desk": referral.receiver.label()},
            href=f"/referrals/{referral.pk}/",
            since=referral.escalated_at or referral.made_at,
            until=referral.due_at,
            danger=DANGER_OF_REPORT[referral.priority],
        )
        for referral in rows
    ]


def _woken_for(actor: Actor, desk: UUID) -> QuerySet[Referral]:
    woken = Referral.objects.filter(second_id=desk, escalated_at__isnull=False)
    waiting = woken.filter(state__in=UNANSWERED).exclude(receiver_id__in=actor.desk_ids)
    return waiting.order_by("due_at", "id")


def requests(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Cases of the officer's desks that another desk asks to be given."""
    if not actor.may(Permission.REFERRAL_SEND):
        return []
    (rows,) = yield [requests_to(actor).select_related(None)[:MOST]]
    (desks,) = yield [Desk.objects.filter(pk__in={row.desk_id for row in rows})]
    joined(rows, "desk", desks)
    return [
        Task(
            kind="request",
            id=asked.pk,
            what=_("Give a case to another desk, or say why not"),
            who=asked.pseudonym,
            why_now=_("%(desk)s asks for it: %(why)s.")
            % {"desk": asked.desk.label(), "why": asked.get_why_display()},
            href=f"/referrals/requests/{asked.pk}/",
            since=asked.asked_at,
        )
        for asked in rows
    ]


def answers(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Referrals with something new that nobody at the sending desk has seen yet."""
    if not actor.may(Permission.REFERRAL_SEND):
        return []
    new = Referral.objects.answered_unread().order_by("due_at", "id")
    rows = all_rows((yield at_each_desk(actor, lambda desk: new.filter(sender_id=desk))))
    yield from _with_desk(rows, "receiver")
    return [_answer(referral) for referral in rows]


def _answer(referral: Referral) -> Task:
    declined = referral.state == Referral.State.DECLINED
    ended = declined or referral.state == Referral.State.COMPLETED
    read = _("Read how a referral ended") if ended else _("See what became of a referral")
    return Task(
        kind="answer",
        id=referral.pk,
        what=_("Find another way") if declined else read,
        who=referral.pseudonym,
        why_now=_("%(desk)s: %(answer)s.")
        % {"desk": referral.receiver.label(), "answer": referral.get_state_display()},
        href=f"/referrals/{referral.pk}/",
        since=referral.ended_at or referral.answered_at or referral.made_at,
        danger=DANGER_OF_REPORT[referral.priority] if declined else "",
    )


def _with_desk(rows: list[Referral], name: str) -> Section[None]:
    """Give each referral the desk at its other end."""
    (desks,) = yield [Desk.objects.filter(pk__in={getattr(row, f"{name}_id") for row in rows})]
    joined(rows, name, desks)
