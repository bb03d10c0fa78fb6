"""The month in which offices keep shorter hours: as announced, or as the tables have it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache

# The library keeps its tables of the lunar year, to 2077, in a class that it names as its own;
# `tests/packs/test_ramadan.py` holds it to dates that are known.
from holidays.calendars.islamic import _IslamicLunar

from himaya.packs.entries import Entry

DAY = timedelta(days=1)
NEAR = timedelta(days=40)  # what was announced stands for the month of the tables beside it
LONGEST = 31  # days that a pack may call one Ramadan


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced(Entry):
    """One Ramadan as the country announced it: its first and its last day."""

    begins: date
    ends: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramadan(Entry):
    """Office hours of that month. announced: stands in place of the tables, which are estimates."""

    opens: time
    closes: time
    announced: tuple[Announced, ...] = ()


def is_of_ramadan(day: date, ramadan: Ramadan) -> bool:
    """True when the day lies in that month, by announcement or else by the tables."""
    said = next((one for one in ramadan.announced if _is_near(one, day)), None)
    if said is not None:
        return said.begins <= day <= said.ends
    return any(first <= day <= last for first, last in estimated(day.year))


@lru_cache(maxsize=128)
def estimated(year: int) -> tuple[tuple[date, date], ...]:
    """First and last days of the months of Ramadan that touch a year; none beyond the tables."""
    return tuple(_months(year))


def _months(year: int) -> Iterator[tuple[date, date]]:
    tables = _IslamicLunar()
    years = (year, year + 1)  # each answers with the year before as well
    feasts = sorted({day for each in years for day, _ in tables.eid_al_fitr_dates(each)})
    for first in sorted({day for each in years for day, _ in tables.ramadan_beginning_dates(each)}):
        last = next((feast - DAY for feast in feasts if feast > first), None)
        if last is not None and year in {first.year, last.year}:
            yield first, last


def _is_near(said: Announced, day: date) -> bool:
    return said.begins - NEAR <= day <= said.ends + NEAR
