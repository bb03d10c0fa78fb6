"""Cases on an officer's day: screenings, decisions, deadlines, endings.

Needs the indexes `identification_waiting`, `cases_case_undecided`, `clocks_deadline_list` and
`cases_closure_waits`.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from himaya.cases.models import Case
from himaya.clocks.models import Deadline
from himaya.identification.models import Screening
from himaya.kernel.access import Actor, Permission
from himaya.packs.calendar import due_at
from himaya.packs.loader import current, edition
from himaya.pathway.asking import Section
from himaya.pathway.queries import closures_for
from himaya.web.staff.day.lines import MOST, SOON, Task, all_rows, at_each_desk


def screenings(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Screenings that the officer's desk was asked for."""
    if not actor.may(Permission.PERSON_SCREEN):
        return []
    asked = Screening.objects.filter(state=Screening.State.ASKED).order_by("due_at", "id")
    found = yield at_each_desk(actor, lambda desk: asked.filter(desk_id=desk))
    return [
        Task(
            kind="screening",
            id=screening.pk,
            what=_("Screen a person"),
            who=screening.pseudonym,
            why_now=_("Protection may depend on the result."),
            href="/screenings/",
            since=screening.asked_at,
            until=screening.due_at,
            legal=True,
        )
        for screening in all_rows(found)
    ]


def decisions(actor: Actor, at: datetime) -> Section[list[Task]]:
    """People who were screened and whose status nobody has decided yet."""
    if not actor.may(Permission.STATUS_PRESUME):
        return []
    found = yield at_each_desk(actor, _undecided)
    return [
        Task(
            kind="decision",
            id=case.pk,
            what=_("Decide the status"),
            who=case.pseudonym,
            why_now=_("The person was screened; protection opens with your decision."),
            href=f"/cases/{case.pk}/status",
            since=case.taken_at,
            until=case.due_at,
            legal=True,
        )
        for case in all_rows(found)
    ]


def _undecided(desk: UUID) -> QuerySet[Case]:
    """Cases that a desk identifies, screened and undecided, the longest open first."""
    taken = Screening.objects.filter(subject_id=OuterRef("pk"), state=Screening.State.TAKEN)
    last = taken.order_by("-taken_at")
    open_cases = Case.objects.live().filter(identification_desk_id=desk, state=Case.State.OPEN)
    undecided = open_cases.filter(status=Case.Status.NONE).annotate(
        taken_at=Subquery(last.values("taken_at")[:1]), due_at=Subquery(last.values("due_at")[:1])
    )
    return undecided.filter(taken_at__isnull=False).order_by("opened_at", "id")


def deadlines(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Duties of the pathway that are late or due within a day, and stand on no other line."""
    if not actor.may(Permission.CASE_WORK):
        return []
    running = Deadline.objects.running().filter(kind=Deadline.Kind.DUTY, paused_since=None)
    pressing = running.filter(due_at__lte=at + SOON).exclude(track__in=set(_shown_apart(actor)))
    ordered = pressing.order_by("due_at", "id")
    found = yield at_each_desk(actor, lambda desk: ordered.filter(desk_id=desk))
    return [_of_deadline(deadline) for deadline in all_rows(found)]


def _shown_apart(actor: Actor) -> Iterator[str]:
    """Tracks whose next steps stand on the officer's day in other lines."""
    steps = {
        Permission.REPORT_READ: "open_case",
        Permission.PERSON_SCREEN: "start_screening",
        Permission.STATUS_PRESUME: "start_screening",
        Permission.CASE_CLOSE: "close_case",
    }
    return (current().step(step).track for may, step in steps.items() if actor.may(may))


def _of_deadline(deadline: Deadline) -> Task:
    pack = edition(deadline.pack)
    steps = [pack.step(step).label.text() for step in deadline.steps]
    return Task(
        kind="deadline",
        id=deadline.pk,
        what=_(" or ").join(steps),
        who=deadline.pseudonym,
        why_now=_("A deadline of the pathway: %(track)s.")
        % {"track": pack.track(deadline.track).label.text()},
        href=f"/cases/{deadline.case_id}/",
        since=deadline.started_at,
        until=deadline.due_at,
        legal=True,
    )


def closures(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Cases whose end a colleague has asked for."""
    if not actor.may(Permission.CASE_CLOSE):
        return []
    waiting = closures_for(actor).select_related(None)
    (found,) = yield [
        waiting.annotate(pseudonym=F("case__pseudonym"), case_pack=F("case__pack"))[:MOST]
    ]
    return [
        Task(
            kind="closure",
            id=closure.pk,
            what=_("Decide whether a case ends"),
            who=closure.pseudonym,
            why_now=_("A colleague asks for it, and nobody ends a case alone."),
            href=f"/cases/{closure.case_id}/close",
            since=closure.asked_at,
            until=_to_decide_by(closure.asked_at, closure.case_pack),
            legal=True,
        )
        for closure in found
    ]


def _to_decide_by(asked_at: datetime, pack_code: str) -> datetime | None:
    pack = edition(pack_code)
    step = pack.step("close_case")
    clock = step.clock_from(step.origins[0])
    return due_at(asked_at, clock, pack.calendar) if clock else None
