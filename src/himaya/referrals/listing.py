"""The lists of referrals, a page at a time: what a desk was asked, what it does, what it asked.

Each desk's referrals of one priority lie in an index in the order of the list; so each is asked
for its own first rows, and those are merged.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

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
from himaya.referrals.models import Referral
from himaya.referrals.rules import LIVE, SERVING, UNANSWERED

# An emergency comes before what is urgent, whichever is due first.
PRIORITIES = (Referral.Priority.EMERGENCY, Referral.Priority.URGENT, Referral.Priority.NORMAL)


class Which(StrEnum):
    """The lists of referrals."""

    ASKED = "asked"
    SILENT = "silent"
    SERVING = "serving"
    SENT = "sent"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is ordered: by one moment, and whether the newest comes first."""

    column: str
    newest_first: bool = True

    def key(self, referral: Referral) -> Key:
        """Where a referral stands in the list."""
        moment: datetime = getattr(referral, self.column)
        return (moment, referral.pk)

    def key_by_priority(self, referral: Referral) -> Key:
        """Where it stands among those of every priority."""
        rank = PRIORITIES.index(Referral.Priority(referral.priority))
        return (rank, *self.key(referral))


ORDERS = {
    Which.ASKED: Order("due_at", newest_first=False),
    Which.SILENT: Order("due_at", newest_first=False),
    Which.SERVING: Order("answered_at"),
    Which.SENT: Order("made_at"),
    Which.ENDED: Order("ended_at"),
}
ENDED = sorted(set(Referral.State) - LIVE - {Referral.State.DRAFT, Referral.State.CHECKED})


def shape(which: Which) -> tuple[type, ...]:
    """Of which parts a position in a list is made: what waits has its priority before its date."""
    return (int, datetime, UUID) if which == Which.ASKED else (datetime, UUID)


def referrals_listed(actor: Actor, which: Which, at: Position | None) -> Page[Referral]:
    """A page of one of the lists of the actor's desks."""
    order = ORDERS[which]
    if which == Which.ASKED:
        return paged(_waiting(actor, order), order.key_by_priority, at)

    def find(place: Position | None, number: int) -> Found[Referral]:
        down = goes_down(place, newest_first=order.newest_first)
        cut = [
            beyond(arm, order.column, place, newest_first=order.newest_first)[:number]
            for arm in _arms(actor, which)
        ]
        return Found(merged(together(Referral, cut), order.key, number, down=down))

    return paged(find, order.key, at)


def _arms(actor: Actor, which: Which) -> Iterator[QuerySet[Referral]]:
    shown = Referral.objects.select_related("sender", "receiver")
    for desk in sorted(actor.desk_ids):
        received = shown.filter(receiver_id=desk, sent_at__isnull=False)
        match which:
            case Which.SENT:
                yield shown.filter(sender_id=desk)
            case Which.SILENT:
                woken = shown.filter(second_id=desk, escalated_at__isnull=False)
                others = woken.exclude(receiver_id__in=actor.desk_ids)
                yield others.filter(state__in=sorted(UNANSWERED))
            case Which.SERVING:
                yield received.filter(state__in=sorted(SERVING))
            case _:
                yield received.filter(state__in=ENDED)


def _waiting(actor: Actor, order: Order) -> Callable[[Position | None, int], Found[Referral]]:
    """What waits for an answer: by priority, then by when it is due."""
    shown = Referral.objects.select_related("sender", "receiver")
    unanswered = shown.filter(state__in=sorted(UNANSWERED), sent_at__isnull=False)

    def find(place: Position | None, number: int) -> Found[Referral]:
        down = goes_down(place, newest_first=False)
        cut = [
            beyond(
                unanswered.filter(receiver_id=desk, priority=priority),
                order.column,
                within(rank, place),
                newest_first=False,
            )[:number]
            for desk in sorted(actor.desk_ids)
            for rank, priority in enumerate(PRIORITIES)
            if not is_behind(rank, place)
        ]
        found = together(Referral, cut)
        return Found(merged(found, order.key_by_priority, number, down=down))

    return find
