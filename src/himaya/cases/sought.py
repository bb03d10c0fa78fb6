"""The search for cases by codes: pseudonym, place, time, form of exploitation, status (S14).

Nothing here finds a person by what identifies them: that needs a reason, and answers with a desk
(`cases/searching.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from himaya.accounts.paging import (
    Found,
    Key,
    Page,
    Position,
    beyond,
    goes_down,
    paged,
    together,
)
from himaya.cases.listing import arms_of, first_of, key_of
from himaya.cases.models import Case
from himaya.kernel.access import Actor
from himaya.packs.loader import current

LOOKED_THROUGH = 5_000  # cases of a desk in one search for what no index knows
SIMILAR = 50  # cases whose names begin alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a search by codes asks for; what is empty is not asked for. since, until: days."""

    place: str = ""
    exploitation: str = ""
    status: str = ""
    state: str = ""
    danger: str = ""
    desk: str = ""
    since: date | None = None
    until: date | None = None


def cases_called(actor: Actor, name: str, sought: Sought) -> list[Case]:
    """Cases of the actor's desks whose pseudonym is this, or begins so; the first of them.

    name: two letters or more, in capitals. sought: what else must hold.
    """
    visible = _with_codes(Case.objects.live().visible_to(actor), sought).filter(**_sieve(sought))
    if sought.desk:
        visible = visible.filter(Q(desk_id=sought.desk) | Q(identification_desk_id=sought.desk))
    # A range of names and not LIKE: row-level security lets the database look for LIKE last.
    alike = visible.filter(pseudonym__gte=name, pseudonym__lt=name + "\x7f")
    return list(alike.order_by("pseudonym")[: SIMILAR + 1])


def cases_sought(actor: Actor, sought: Sought, at: Position | None) -> Page[Case]:
    """A page of what a search by codes finds, the last opened first.

    A form of exploitation and a danger are in no index: then so many cases of each desk are looked
    through for one page, and `after` says where to look on, also when nothing was found so far.
    """
    arms = [_with_codes(arm, sought) for arm in arms_of(actor, sought.desk)]
    find = _look_through if sought.exploitation or sought.danger else _find
    return paged(partial(find, arms, sought), partial(key_of, column="opened_at"), at)


def _with_codes(arm: QuerySet[Case], sought: Sought) -> QuerySet[Case]:
    if sought.place:
        arm = arm.filter(place=sought.place)
    if sought.status:
        arm = arm.filter(status=sought.status)
    if sought.state:
        arm = arm.filter(state=sought.state)
    if sought.since:
        arm = arm.filter(opened_at__gte=_midnight(sought.since))
    if sought.until:
        arm = arm.filter(opened_at__lt=_midnight(sought.until + timedelta(days=1)))
    return arm


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(current().calendar.time_zone))


def _find(
    arms: Sequence[QuerySet[Case]], sought: Sought, at: Position | None, number: int
) -> Found[Case]:
    return Found(first_of(arms, "opened_at", at, number))


def _look_through(
    arms: Sequence[QuerySet[Case]], sought: Sought, at: Position | None, number: int
) -> Found[Case]:
    """The cases of a kind among the next so many of each desk, and how far that was."""
    down = goes_down(at, newest_first=True)
    beyonds = [beyond(arm, "opened_at", at, newest_first=True) for arm in arms]
    looked = [
        Case.objects.filter(pk__in=each[:LOOKED_THROUGH].values("pk"), **_sieve(sought))
        for each in beyonds
    ]
    last = slice(LOOKED_THROUGH - 1, LOOKED_THROUGH)
    ends = together(Case, [each.only("pk", "opened_at")[last] for each in beyonds])
    found = first_of(looked, "opened_at", at, number)
    # No further than the desk that was looked through least: what lies beyond comes next.
    reached = [key_of(end, column="opened_at") for end in ends]
    end = (max(reached) if down else min(reached)) if reached else None
    if end is not None:
        found = [case for case in found if _lies_before(case, end, down=down)]
    return Found(found, end)


def _lies_before(case: Case, end: Key, *, down: bool) -> bool:
    key = key_of(case, column="opened_at")
    return key >= end if down else key <= end


def _sieve(sought: Sought) -> dict[str, object]:
    kinds = {"exploitation__contains": [sought.exploitation]} if sought.exploitation else {}
    return {**kinds, **({"danger": sought.danger} if sought.danger else {})}
