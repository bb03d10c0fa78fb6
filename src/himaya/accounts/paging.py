"""Long lists, read one page at a time: each page says where the next one begins.

A page begins after the sort key of a row, never after a number of rows: the thousandth page costs
what the first does, and a row that comes in meanwhile moves nothing. Where it begins stands in the
address as one opaque word; a word that is not ours means the first page.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeAlias, TypeVar, cast
from uuid import UUID

from django.db.models import Model, Q, QuerySet

T = TypeVar("T")
M = TypeVar("M", bound=Model)
Key: TypeAlias = tuple[datetime | UUID | int, ...]
SIZE = 50
LONGEST = 200  # letters of the opaque word; ours are shorter
LARGEST = 2**63


@dataclass(frozen=True, slots=True)
class Position:
    """Between two rows. key: the sort key of one of them, or empty at the very end of the list that
    the page comes from. back: the page lies before it.
    """

    key: Key
    back: bool = False


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """Rows beyond a position, the nearest first, one more than a page when there are more.

    reached: how far was looked, when looking ended before the list did.
    """

    rows: Sequence[T]
    reached: Key | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list. before, after: where the neighbours begin; empty when there is none."""

    rows: list[T]
    before: str = ""
    after: str = ""


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _whole(text: str) -> int:
    number = int(text)
    if not 0 <= number < LARGEST:
        raise ValueError(text)
    return number


SHAPES: dict[type, Callable[[str], datetime | UUID | int]] = {
    datetime: _moment,
    UUID: UUID,
    int: _whole,
}


def position(word: str, *shape: type) -> Position | None:
    """What an opaque word says; None for the first page, and for whatever is not such a word.

    shape: of which kinds the parts of the key are.
    """
    if not word or len(word) > LONGEST:
        return None
    try:
        said = json.loads(urlsafe_b64decode(word.encode("ascii")))
        way, *parts = [str(part) for part in said] if isinstance(said, list) else [""]
        read = [SHAPES[kind](part) for kind, part in zip(shape, parts, strict=True)]
    except ValueError:  # not letters of ours, not JSON, not a moment, too many parts
        return None
    return Position(tuple(read), back=way == "b") if way in ("a", "b") else None


def word(key: Key, *, back: bool = False) -> str:
    """A position as one opaque word for an address."""
    parts = [part.isoformat() if isinstance(part, datetime) else str(part) for part in key]
    written = json.dumps(["b" if back else "a", *parts], separators=(",", ":"))
    return urlsafe_b64encode(written.encode()).decode()


def _page(found: Found[T], key: Callable[[T], Key], at: Position | None, size: int) -> Page[T]:
    """What was found as a page. It goes on from its own rows, or from where looking ended."""
    back = at is not None and at.back
    shown = list(found.rows[:size])
    far = key(shown[-1]) if len(found.rows) > size else found.reached
    near = at and (key(shown[0]) if shown else at.key)
    if back:
        shown.reverse()
    first, last = (far, near) if back else (near, far)
    return Page(
        shown,
        before=word(first, back=True) if first else "",
        after=word(last) if last else "",
    )


def paged(
    find: Callable[[Position | None, int], Found[T]],
    key: Callable[[T], Key],
    at: Position | None,
    size: int = SIZE,
) -> Page[T]:
    """One page. find: at most so many rows beyond a position.

    Who goes back past the beginning, or on past the end, gets the first page, whole.
    """
    found = find(at, size + 1)
    ended = found.reached is None and at is not None
    if ended and (not found.rows or (at is not None and at.back and len(found.rows) < size)):
        return _page(find(None, size + 1), key, None, size)
    return _page(found, key, at, size)


def beyond(
    rows: "QuerySet[M]", column: str, at: Position | None, *, newest_first: bool
) -> "QuerySet[M]":
    """Rows from a position on, ordered by a moment and the key; going back, in the reverse order.

    The condition on the moment alone is what an index can begin at.
    """
    down = goes_down(at, newest_first=newest_first)
    order = (f"-{column}", "-pk") if down else (column, "pk")
    if at is None or not at.key:
        return rows.order_by(*order)
    moment, key = at.key[-2:]
    way = "lt" if down else "gt"
    tied = Q(**{f"{column}__{way}": moment}) | Q(**{f"pk__{way}": key})
    return rows.filter(tied, **{f"{column}__{way}e": moment}).order_by(*order)


def goes_down(at: Position | None, *, newest_first: bool) -> bool:
    """Whether rows are found from the greatest key to the least."""
    return newest_first != (at is not None and at.back)


def merged(lists: Iterable[T], key: Callable[[T], Any], number: int, *, down: bool) -> list[T]:
    """The first rows of several lists of which each gave its first, without those found twice."""
    rows = {key(row): row for row in lists}
    return [rows[each] for each in sorted(rows, reverse=down)][:number]


def together(model: type[M], lists: Sequence["QuerySet[M]"]) -> "QuerySet[M]":
    """Several lists, each cut, in one question and in no order."""
    if not lists:
        return model._default_manager.none()
    first, *others = lists
    return first.union(*others, all=True) if others else first


def within(rank: int, at: Position | None) -> Position | None:
    """Where a page begins in one rank of a list that is ordered by rank first.

    At the position, or at the end of the rank from which the page comes.
    """
    if at is None or at.key[0] == rank:
        return at
    return Position((), back=at.back)


def is_behind(rank: int, at: Position | None) -> bool:
    """True for a rank that lies wholly on the other side of the position."""
    if at is None:
        return False
    of_position = cast(int, at.key[0])
    return rank > of_position if at.back else rank < of_position
