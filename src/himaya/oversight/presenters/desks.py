"""The report desks' own numbers, day by day, as the signed digests have them."""

from dataclasses import dataclass
from datetime import date

from himaya.statistics.digests import latest, read

SHOWN = 14
NAMES = ("received", "opened", "overdue", "escalated", "closed")


@dataclass(frozen=True, slots=True)
class Day:
    """One day: numbers in the order of `NAMES`; empty when it is not as it was signed."""

    day: date
    numbers: list[str]


def days() -> list[Day]:
    """The last days that have a digest, the newest first."""
    found = []
    for digest in latest(SHOWN):
        numbers = read(digest)
        found.append(Day(digest.day, [numbers.get(name, "0") for name in NAMES] if numbers else []))
    return found
