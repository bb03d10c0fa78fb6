"""Decisions on an officer's day: those that wait for a second view, or for two to agree.

Needs the index `decisions_being_weighed`.
"""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from himaya.decisions.models import Decision, Opinion
from himaya.decisions.presenters import question_line
from himaya.kernel.access import Actor, Permission
from himaya.packs.loader import edition
from himaya.pathway.asking import Section
from himaya.referrals.models import Referral
from himaya.referrals.rules import SERVING
from himaya.web.staff.day.lines import MOST, Task


def decisions(actor: Actor, at: datetime) -> Section[list[Task]]:
    """What a colleague has weighed and the officer has not, and what both have and not decided."""
    if not actor.may(Permission.STATUS_DECIDE):
        return []
    open_ones = Decision.objects.visible_to(actor).filter(state=Decision.State.OPEN, given__gt=0)
    found, own, referrals = yield [
        open_ones.order_by("opened_at", "id")[:MOST],
        Opinion.objects.filter(decision__in=open_ones.values("pk"), officer=actor.officer_id),
        Referral.objects.filter(
            case__in=open_ones.values("case_id"),
            receiver_id__in=actor.desk_ids,
            state__in=SERVING,
        ),
    ]
    weighed = {each.decision_id for each in own}
    sent = {each.case_id: each for each in referrals}
    return [
        _line(each, sent.get(each.case_id), mine=each.pk in weighed)
        for each in found
        if (each.given < each.persons) != (each.pk in weighed)
    ]


def _line(decision: Decision, referral: Referral | None, *, mine: bool) -> Task:
    pack = edition(decision.pack)
    step = pack.decision(decision.rule).yes
    named = (
        reverse("pathway:decide_referred", args=[referral.pk, step])
        if referral
        else reverse("pathway:decide", args=[decision.case_id, step])
    )
    return Task(
        kind="decision",
        id=decision.pk,
        what=question_line(pack, decision),
        who=decision.pseudonym,
        why_now=_("Both views are written: look where you differ, and decide.")
        if mine
        else _("A colleague has weighed it. Your own view is wanted, without having seen theirs."),
        href=named,
        since=decision.opened_at,
    )
