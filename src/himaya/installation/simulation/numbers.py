"""Ids and pseudonyms of invented cases: known as invented by their beginning, never given twice."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from math import gcd
from random import Random

from himaya.cases.pseudonyms import DIGITS, LETTERS

PREFIX_DIGITS = 8
MOST = 2**28  # rows of one simulation
ALL = len(LETTERS) ** 2 * len(DIGITS) ** 4
PAIRS = [first + second for first in LETTERS for second in LETTERS]
TWOS = [first + second for first in DIGITS for second in DIGITS]
OURS = re.compile(f"[{LETTERS}]{{2}}-[{DIGITS}]{{4}}")


def prefix_of(chance: Random) -> str:
    """The first eight digits of every id of a simulation: they tell its rows from all others."""
    return f"{chance.getrandbits(4 * PREFIX_DIGITS):08x}"


def ids_of(prefix: str) -> tuple[str, str]:
    """The lowest and the highest id that a row of this simulation may have."""
    return f"{prefix}-0000-0000-0000-{0:012x}", f"{prefix}-ffff-ffff-ffff-{2**48 - 1:012x}"


class Ids:
    """UUIDs of version 8, each higher than the one before, so that indexes grow at their end.

    first: which number the first one has. Who gives numbers of a range of their own needs to ask
    nobody.
    """

    def __init__(self, prefix: str, tail: str, first: int = 0) -> None:
        self._pattern = f"{prefix}-%04x-8%03x-8{tail[:3]}-{tail[3:]}"
        self._numbers = iter(range(first, MOST))

    def __call__(self) -> str:
        """The next one. Raises StopIteration after 2**28 of them."""
        number = next(self._numbers)
        return self._pattern % (number >> 12, number & 0xFFF)


def tail_of(chance: Random) -> str:
    """The last fifteen digits of every id of a simulation."""
    return f"{chance.getrandbits(60):015x}"


class Pseudonyms:
    """Every pseudonym that nobody has, in an order drawn by chance, to be asked for by number."""

    def __init__(self, chance: Random, taken: Iterable[str]) -> None:
        self._stride = 0
        while gcd(self._stride, ALL) > 1:  # else some would come twice and others never
            self._stride = chance.randrange(ALL)
        self._start = chance.randrange(ALL)
        back = pow(self._stride, -1, ALL)
        ours = filter(OURS.fullmatch, taken)
        places = sorted((_number(word) - self._start) * back % ALL for word in ours)
        self._free_before = [place - before for before, place in enumerate(places)]

    def __getitem__(self, number: int) -> str:
        """The one of this number, of those that are free."""
        place = number + bisect_right(self._free_before, number)
        return _word((self._start + place * self._stride) % ALL)


def _word(number: int) -> str:
    rest, low = divmod(number, len(TWOS))
    pair, high = divmod(rest, len(TWOS))
    return f"{PAIRS[pair]}-{TWOS[high]}{TWOS[low]}"


def _number(word: str) -> int:
    """Which one a pseudonym is, of all that there can be."""
    letters, _, digits = word.partition("-")
    return (PAIRS.index(letters) * len(TWOS) + TWOS.index(digits[:2])) * len(TWOS) + TWOS.index(
        digits[2:]
    )
