"""Days of birth as they are said: exact, a month, a year, or about so. And the forms they match by.

Many papers say 1 January or 1 July because nobody knew the day, and an officer who is told an age
writes a year: what is estimated is compared within two years.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

AROUND = 2  # years to either side of an estimate
OLDEST = 120
NOBODY_KNEW = {(1, 1), (7, 1)}  # (month, day)
ABOUT = re.compile(
    r"^(?:about|around|approx\.?|ca\.?|circa|~|حوالي|تقريبا|نحو)\s*|\s*(?:[?؟]|تقريبا)$"
)
UNHEARD = ("Mn", "Cf")  # vowel signs of Arabic, and marks of direction that come with pasted text
YEAR = re.compile(r"\d{4}")
MONTH = re.compile(r"(?:(?P<y>\d{4})[-/.](?P<m>\d{1,2})|(?P<m2>\d{1,2})[-/.](?P<y2>\d{4}))")
DAY = re.compile(
    r"(?:(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})[-/.](?P<m2>\d{1,2})[-/.](?P<y2>\d{4}))"
)


@dataclass(frozen=True, slots=True)
class Birth:
    """When somebody was born, as far as it is known. estimated: the year may be another."""

    year: int
    month: int | None = None
    day: int | None = None
    estimated: bool = False

    @property
    def known(self) -> bool:
        """Whether the day itself is known, and not one that papers put where nobody knew it."""
        exact = self.month is not None and self.day is not None and not self.estimated
        return exact and (self.month, self.day) not in NOBODY_KNEW

    @property
    def years(self) -> range:
        """The years it may have been."""
        only_a_month = self.month is not None and self.day is None and not self.estimated
        around = 0 if self.known or only_a_month else AROUND
        return range(self.year - around, self.year + around + 1)

    def possible(self, today: date) -> bool:
        """Whether somebody who lives today can have been born then."""
        begins = date(self.year, self.month or 1, self.day or 1)
        return begins <= today and today.year - self.year <= OLDEST


def birth(text: str) -> Birth | None:
    """A day of birth from what was typed, such as 1994-07-15, 15/7/1994, 07/1994 or about 1994.

    None for what is no date. The day stands before the month, as in the countries that use this.
    """
    heard = (sign for sign in text.casefold() if unicodedata.category(sign) not in UNHEARD)
    said = "".join(map(_digit, heard)).strip()
    plain = ABOUT.sub("", said)
    estimated = plain != said
    if YEAR.fullmatch(plain):
        return _real(int(plain), None, None, estimated=True)
    if found := MONTH.fullmatch(plain):
        year, month = found["y"] or found["y2"], found["m"] or found["m2"]
        return _real(int(year), int(month), None, estimated=estimated)
    if found := DAY.fullmatch(plain):
        year, month, day = (found[part] or found[f"{part}2"] for part in "ymd")
        return _real(int(year), int(month), int(day), estimated=estimated)
    return None


def turned(born: Birth) -> Birth | None:
    """The same day with month and day exchanged, as forms of another country have it."""
    if not born.known or born.day == born.month:
        return None
    return _real(born.year, born.day, born.month, estimated=False)


def _real(year: int, month: int | None, day: int | None, *, estimated: bool) -> Birth | None:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return Birth(year, month, day, estimated)


def _digit(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
