"""Lists of cases, a page at a time.

A desk's cases lie in an index in the order of the list (`models._worklists`); the cases of two
desks do not. So each desk is asked for its own first rows, which costs the same among a thousand
cases and a million, and the few that were found are merged.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import cast

from django.db import connection
from django.db.models import QuerySet

from himaya.accounts.paging import (
    Found,
    Key,
    Page,
    Position,
    beyond,
    goes_down,
    merged,
    paged,
    together,
)
from himaya.cases.models import Case
from himaya.kernel.access import Actor

EXACT = 1_000  # cases that are counted one by one


class Which(StrEnum):
    """The lists of cases."""

    MINE = "mine"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Number:
    """How many there are. about: it was estimated, because counting would take long."""

    of: int
    about: bool = False


def arms_of(actor: Actor, desk: str = "") -> Iterator[QuerySet[Case]]:
    """The cases of each of the actor's desks apart, none twice: those led, those identified."""
    live = Case.objects.live()
    for each in sorted(actor.desk_ids):
        if desk in ("", str(each)):
            yield live.filter(desk_id=each)
            yield live.filter(identification_desk_id=each).exclude(desk_id__in=actor.desk_ids)


def _listed(actor: Actor, which: Which) -> list[QuerySet[Case]]:
    if which == Which.MINE:
        mine = Case.objects.live().visible_to(actor).filter(worker_id=actor.officer_id)
        return [mine.filter(state=Case.State.OPEN)]
    state = Case.State.OPEN if which == Which.OPEN else Case.State.CLOSED
    return [arm.filter(state=state) for arm in arms_of(actor)]


def first_of(
    arms: Sequence[QuerySet[Case]], column: str, at: Position | None, number: int
) -> list[Case]:
    """The first cases of several lists, beyond a position, in one question."""
    cut = [beyond(arm, column, at, newest_first=True)[:number] for arm in arms]
    found = together(Case, cut)
    down = goes_down(at, newest_first=True)
    return merged(found, partial(key_of, column=column), number, down=down)


def key_of(case: Case, *, column: str) -> Key:
    """Where a case stands in a list that is ordered by one of its moments."""
    moment: datetime = getattr(case, column)
    return (moment, case.pk)


def cases_listed(actor: Actor, which: Which, at: Position | None) -> Page[Case]:
    """A page of a list of the actor's desks' cases: the last opened, or closed, first."""
    column = "closed_at" if which == Which.CLOSED else "opened_at"
    arms = _listed(actor, which)

    def find(place: Position | None, number: int) -> Found[Case]:
        return Found(first_of(arms, column, place, number))

    return paged(find, partial(key_of, column=column), at)


def first_open(actor: Actor, number: int) -> list[Case]:
    """The open cases that the actor's desks lead, the last opened first, at most so many."""
    live = Case.objects.live().filter(state=Case.State.OPEN)
    arms = [live.filter(desk_id=desk) for desk in sorted(actor.desk_ids)]
    return first_of(arms, "opened_at", None, number) if arms else []


def number_listed(actor: Actor, which: Which) -> Number:
    """How many cases a list has: exact up to a thousand, from there on estimated."""
    cut = [arm.only("pk")[: EXACT + 1] for arm in _listed(actor, which)]
    counted = together(Case, cut).count()
    if counted <= EXACT or which == Which.MINE:
        return Number(counted, about=counted > EXACT)
    state = Case.State.CLOSED if which == Which.CLOSED else Case.State.OPEN
    return Number(max(rounded(_estimate(state)), EXACT), about=True)


def _estimate(state: Case.State) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_about(%s)", [state.value])
        (number,) = cast(tuple[int], cursor.fetchone())
    return number


def rounded(number: int) -> int:
    """A number as far as an estimate can be trusted: three digits, the rest noughts."""
    unit: int = 10 ** max(len(str(number)) - 3, 0)
    return round(number / unit) * unit
