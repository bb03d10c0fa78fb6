"""The list of what a desk has still to do about reports, a page at a time.

Danger first, then what is due first; last, in the same order, what is one of many alike or of many
that came over one line, so that a flood buries nobody who is not part of it. Each desk and each of
the ranks lies in an index in that order (`models.WAITING`), so each is asked for its own first
rows, and those are merged.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Value

from himaya.accounts.paging import (
    Found,
    Key,
    Page,
    Position,
    beyond,
    goes_down,
    is_behind,
    merged,
    paged,
    together,
    within,
)
from himaya.kernel.access import Actor
from himaya.reporting.joining_rules import is_in_danger
from himaya.reporting.models import IN_DANGER, IN_TURN, SET_BACK, UNREAD, WAITING, Message, Report

SHOWN = 50  # reports whose writers wrote again
SHAPE = (int, datetime, UUID)  # of a position: the rank, when it is due, the report
DANGER, OTHERS, BEHIND = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Arm:
    """What waits for one desk, of one rank, in no order."""

    rank: int
    reports: QuerySet[Report]


def arms_of(actor: Actor) -> Iterator[Arm]:
    """What waits for each of the actor's desks apart: what came to it, what it took over."""
    waiting = Report.objects.filter(WAITING).annotate(new_words=Exists(_unread()))
    for desk in sorted(actor.desk_ids):
        for theirs in (waiting.filter(desk_id=desk), waiting.filter(overtaken_by_id=desk)):
            yield Arm(DANGER, theirs.filter(IN_TURN & IN_DANGER))
            yield Arm(OTHERS, theirs.filter(IN_TURN).exclude(IN_DANGER))
            yield Arm(BEHIND, theirs.filter(SET_BACK))


def worklist(actor: Actor, at: Position | None = None) -> Page[Report]:
    """A page of what waits for the actor's desks: danger, the others, and what is one of many.

    Each has `new_words`: True when the reporter wrote again and nobody has read it yet.
    """
    arms = list(arms_of(actor))

    def find(place: Position | None, number: int) -> Found[Report]:
        down = goes_down(place, newest_first=False)
        cut = [
            beyond(arm.reports, "due_at", within(arm.rank, place), newest_first=False)[:number]
            for arm in arms
            if not is_behind(arm.rank, place)
        ]
        return Found(merged(together(Report, cut), _key, number, down=down))

    return paged(find, _key, at)


def wrote_again(actor: Actor) -> QuerySet[Report]:
    """Reports that nothing else is to be done about, and whose writer wrote something new."""
    done = Report.objects.visible_to(actor).exclude(WAITING).annotate(new_words=Value(True))
    unread = Message.objects.filter(UNREAD).order_by("sent_at")
    return done.filter(pk__in=unread.values("report_id"))


def _unread() -> QuerySet[Message]:
    return Message.objects.filter(UNREAD, report=OuterRef("pk"))


def rank(report: Report) -> int:
    """Which of the ranks a report that waits stands in."""
    if report.set_back:
        return BEHIND
    return DANGER if is_in_danger(report) else OTHERS


def _key(report: Report) -> Key:
    assert report.due_at is not None  # what waits is due some time: a constraint of the table
    return (rank(report), report.due_at, report.pk)
