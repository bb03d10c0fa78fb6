"""How old a person is, as far as that is known, and whether they are treated as a child."""

from dataclasses import dataclass
from datetime import date, timedelta

from himaya.identification.errors import AgesCrossed, NoSuchDay, NotYetBorn, TooOld
from himaya.identification.models import Screening

Basis = Screening.AgeBasis
Found = Screening.AgeFound
ADULT_AT = 18  # years. Source: Trafficking Protocol, article 3(d)
OLDEST = 120


@dataclass(frozen=True, slots=True)
class Age:
    """What is known of an age. said: as it was given, to be sealed; empty when nothing was."""

    basis: Screening.AgeBasis
    found: Screening.AgeFound
    said: str = ""

    @property
    def child(self) -> bool:
        """True when the person is treated as a child: also when that is in doubt."""
        return self.found is not Found.ADULT


UNKNOWN = Age(Basis.UNKNOWN, Found.DOUBT)


def born(year: int, month: int | None, day: int | None, *, on: date) -> Age:
    """The age by a birth date, of which day, or day and month, may be missing.

    Raises NoSuchDay, NotYetBorn or TooOld.
    """
    if month is None and day is not None:
        raise NoSuchDay(year=year)
    if year > on.year:
        raise NotYetBorn(year=year)
    try:
        first = date(year, month or 1, day or 1)
        last = first if day else _end(year, month)
    except ValueError:
        raise NoSuchDay(year=year) from None
    if first > on:
        raise NotYetBorn(year=year)
    if _birthday(last, OLDEST + 1) <= on:
        raise TooOld(year=year)
    parts = (f"{year:04}", f"{month:02}" if month else "", f"{day:02}" if day else "")
    said = "-".join(part for part in parts if part)
    basis = Basis.DATE if day else Basis.PARTIAL
    return Age(basis, _between(first, min(last, on), on), said)


def estimated(youngest: int, oldest: int) -> Age:
    """The age as somebody estimates it, both years included. Raises AgesCrossed or TooOld."""
    if youngest > oldest or youngest < 0:
        raise AgesCrossed(youngest=youngest)
    if oldest > OLDEST:
        raise TooOld(oldest=oldest)
    found = Found.DOUBT
    if youngest >= ADULT_AT:
        found = Found.ADULT
    elif oldest < ADULT_AT:
        found = Found.CHILD
    return Age(Basis.ESTIMATE, found, f"{youngest}-{oldest}")


def assessed(*, child: bool) -> Age:
    """The age as people trained for it have assessed it: the doubt is over."""
    return Age(Basis.ASSESSED, Found.CHILD if child else Found.ADULT)


def _end(year: int, month: int | None) -> date:
    """The last day of a month, or of a year."""
    if month is None:
        return date(year, 12, 31)
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _birthday(born_on: date, years: int) -> date:
    """The day on which somebody is so many years old; 29 February falls on 1 March."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, 3, 1)


def _between(first: date, last: date, on: date) -> Screening.AgeFound:
    """What follows when somebody was born between two days."""
    if _birthday(last, ADULT_AT) <= on:
        return Found.ADULT
    return Found.CHILD if _birthday(first, ADULT_AT) > on else Found.DOUBT
