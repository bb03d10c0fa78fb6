"""Disclosure control: no published table lets anybody work out a number of fewer than five persons.

A count from 1 to 4 is never shown (`FEWER`). Where it could be worked out from what is shown, other
counts are kept back too (complementary suppression): zeros and other small ones first, which then
also read "fewer than five", and larger ones as `WITHHELD`. Zero names nobody and may be shown.

All tables of one page are protected together, because they share their totals. They are seen as
one circulation: every count is the flow along an arc, and every sum that a reader can make (parts
give a total, a total gives parts) is a node where what comes in goes out. A hidden count is safe
when another value would fit everything that is shown: that is, when the flow can be moved by one
around some ring of hidden arcs through it. That is exact, also for a reader who knows the bounds
(0 to 4, or 5 and more) of what is hidden.
Source: complementary suppression as a network, L. H. Cox, JASA 90 (1995) 1453-1462.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import heappop, heappush
from itertools import count
from operator import itemgetter

LEAST_SHOWN = 5
TOTALS_LAST = 1_000_000  # a total is kept back only when no set of parts will do


class Mark(StrEnum):
    """How a count is published."""

    SHOWN = "shown"
    FEWER = "fewer"  # fewer than five, possibly none
    WITHHELD = "withheld"  # five or more, kept back to protect another


@dataclass(frozen=True, slots=True)
class Cell:
    """One count of a table. tail, head: the sums it belongs to, as nodes of the circulation.

    key: names the count, once in a page. is_total: a reader needs it more than a part.
    """

    key: Hashable
    tail: Hashable
    head: Hashable
    count: int
    is_total: bool = False


Marks = dict[Hashable, Mark]


def protect(cells: Sequence[Cell], *, complementary: bool = True) -> Marks:
    """How each count may be published, by its key.

    complementary: False leaves out the second step; for tests and for measuring what it costs.
    """
    marks = {cell.key: _first(cell.count) for cell in cells}
    if not complementary:
        return marks
    while exposed := next(_exposed(cells, marks), None):
        way = _way_round(exposed, cells, marks)
        for cell in cells if way is None else way:
            if marks[cell.key] is Mark.SHOWN:
                marks[cell.key] = _hidden(cell.count)
    return marks


def is_small(number: int) -> bool:
    """True when a count would single persons out."""
    return 0 < number < LEAST_SHOWN


def _first(number: int) -> Mark:
    return Mark.FEWER if is_small(number) else Mark.SHOWN


def _hidden(number: int) -> Mark:
    return Mark.FEWER if number < LEAST_SHOWN else Mark.WITHHELD


def _exposed(cells: Sequence[Cell], marks: Marks) -> Iterator[Cell]:
    """Hidden cells that can be worked out: no ring of hidden arcs goes through them."""
    for cell in cells:
        if marks[cell.key] is Mark.SHOWN:
            continue
        hidden = [other for other in cells if marks[other.key] is not Mark.SHOWN]
        everything_hidden = len(hidden) == len(cells)
        if not everything_hidden and _way_round(cell, hidden, marks) is None:
            yield cell


def _way_round(cell: Cell, through: Sequence[Cell], marks: Marks) -> list[Cell] | None:
    """The cheapest ring through a cell along which its count could be one more or one less."""
    number, mark = cell.count, _hidden(cell.count)
    ways = []
    if _may_rise(number, mark):
        ways.append(_path(cell.head, cell.tail, cell, through, marks))
    if _may_fall(number, mark):
        ways.append(_path(cell.tail, cell.head, cell, through, marks))
    found = [way for way in ways if way is not None]
    return min(found, key=itemgetter(0))[1] if found else None


def _may_rise(number: int, mark: Mark) -> bool:
    return mark is Mark.WITHHELD or number < LEAST_SHOWN - 1


def _may_fall(number: int, mark: Mark) -> bool:
    return number > (LEAST_SHOWN if mark is Mark.WITHHELD else 0)


def _path(
    start: Hashable, end: Hashable, without: Cell, through: Sequence[Cell], marks: Marks
) -> tuple[int, list[Cell]] | None:
    """The cheapest path from start to end (Dijkstra); hidden arcs cost nothing more."""
    leaving = _arcs(without, through, marks)
    order = count()
    queue: list[tuple[int, int, Hashable, list[Cell]]] = [(0, next(order), start, [])]
    seen: set[Hashable] = set()
    while queue:
        cost, _turn, node, way = heappop(queue)
        if node == end:
            return cost, way
        if node in seen:
            continue
        seen.add(node)
        for price, after, cell in leaving.get(node, ()):
            heappush(queue, (cost + price, next(order), after, [*way, cell]))
    return None


def _arcs(
    without: Cell, through: Sequence[Cell], marks: Marks
) -> dict[Hashable, list[tuple[int, Hashable, Cell]]]:
    arcs: dict[Hashable, list[tuple[int, Hashable, Cell]]] = {}
    for cell in through:
        if cell.key == without.key:
            continue
        mark, price = _hidden(cell.count), _price(cell, marks[cell.key])
        if _may_rise(cell.count, mark):
            arcs.setdefault(cell.tail, []).append((price, cell.head, cell))
        if _may_fall(cell.count, mark):
            arcs.setdefault(cell.head, []).append((price, cell.tail, cell))
    return arcs


def _price(cell: Cell, mark: Mark) -> int:
    if mark is not Mark.SHOWN:
        return 0
    return 1 + cell.count + (TOTALS_LAST if cell.is_total else 0)
