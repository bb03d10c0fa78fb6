"""Somebody who works out hidden counts from published ones, not knowing how they were hidden."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

Sum = tuple[Hashable, Sequence[Hashable]]  # a total, and the parts that add up to it
Known = Mapping[Hashable, int | None]  # None where the count is hidden


def subtract(sums: Sequence[Sum], known: Known) -> dict[Hashable, int]:
    """Hidden counts that follow from the sums: Gaussian elimination over exact fractions."""
    hidden = [key for key, value in known.items() if value is None]
    rows = [_equation(one, hidden, known) for one in sums]
    reduced = _reduced(rows, len(hidden))
    found = {}
    for row in reduced:
        places = [place for place in range(len(hidden)) if row[place]]
        if len(places) == 1:
            found[hidden[places[0]]] = int(row[-1] / row[places[0]])
    return found


def guess(
    sums: Sequence[Sum], known: Known, marks: Mapping[Hashable, str], highest: int
) -> dict[Hashable, int]:
    """Hidden parts that can have one value only, when every table up to `highest` is tried.

    Uses also what the words say: `fewer` is 0 to 4, `withheld` is 5 or more.
    """
    totals = {total for total, _parts in sums}
    parts = [key for key in known if key not in totals]
    possible: dict[Hashable, set[int]] = {key: set() for key in known if known[key] is None}
    for table in _tables(parts, known, marks, highest):
        whole = _with_totals(table, sums)
        if all(_fits(whole[key], known[key], marks[key]) for key in known):
            for key, values in possible.items():
                values.add(whole[key])
    return {key: values.pop() for key, values in possible.items() if len(values) == 1}


def _tables(
    parts: Sequence[Hashable], known: Known, marks: Mapping[Hashable, str], highest: int
) -> Iterator[dict[Hashable, int]]:
    ranges = []
    for key in parts:
        value = known[key]
        if value is not None:
            ranges.append([value])
        else:
            ranges.append(list(range(5) if marks[key] == "fewer" else range(5, highest + 1)))
    for values in product(*ranges):
        yield dict(zip(parts, values, strict=True))


def _with_totals(table: Mapping[Hashable, int], sums: Sequence[Sum]) -> dict[Hashable, int]:
    whole = dict(table)
    for total, parts in sums:
        whole[total] = sum(whole[part] for part in parts)
    return whole


def _fits(value: int, known: int | None, mark: str) -> bool:
    if known is not None:
        return value == known
    return value < 5 if mark == "fewer" else value >= 5


def _equation(one: Sum, hidden: Sequence[Hashable], known: Known) -> list[Fraction]:
    total, parts = one
    row = [Fraction(0)] * (len(hidden) + 1)
    for key, sign in [(total, -1), *((part, 1) for part in parts)]:
        value = known[key]
        if value is None:
            row[hidden.index(key)] += sign
        else:
            row[-1] -= sign * value
    return row


def _reduced(rows: list[list[Fraction]], width: int) -> list[list[Fraction]]:
    done = 0
    for column in range(width):
        pivot = next((row for row in range(done, len(rows)) if rows[row][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [value / rows[done][column] for value in rows[done]]
        for other in range(len(rows)):
            if other != done and rows[other][column]:
                factor = rows[other][column]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[done], strict=True)]
        done += 1
    return rows[:done]
