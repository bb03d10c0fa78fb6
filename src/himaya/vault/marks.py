"""By which marks two ways of writing one thing are known to be alike, and how much each says.

How much is counted in bits: as many as the rarest such mark would leave of a country's people. A
mark that many bear says less; that is taken off where marks are counted (`vault_alike`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from himaya.vault.models import BlindToken
from himaya.vault.spelling.births import Birth, birth, turned
from himaya.vault.spelling.names import PAIR, sounds_of
from himaya.vault.spelling.numbers import one_off, swapped

Domain = BlindToken.Domain


class Way(StrEnum):
    """In which way a mark is made from what was written. A token says it too."""

    AS_WRITTEN = "as_written"
    SOUND = "sound"
    PAIR = "pair"
    ONE_OFF = "one_off"
    MONTH = "month"
    YEAR = "year"
    ABOUT = "about"


# A number of another person may be the next one of the same office; a day of birth, one in twelve
# thousand; a year, one in forty. A telephone is shared by a household.
DOCUMENT, DOCUMENT_SWAPPED, DOCUMENT_ONE_OFF = 20, 12, 6
PHONE = 12
DAY, DAY_TURNED, MONTH, YEAR, YEAR_ABOUT = 11, 8, 4, 4, 2
# Two words agree: all that one of them is called; or both are called more, and differ in that.
PAIR_OF_WHOLE, PAIR_OF_PAIRS = 11, 6
BY_WORDS = (0, 9, 14, 17)  # the whole name agrees, of so many words or more


@dataclass(frozen=True, slots=True)
class Mark:
    """A form of something, in one way. worth: the bits that it says at most; 0 where it is kept."""

    way: Way
    form: str
    worth: int = 0


def day_of(born: Birth) -> str:
    """The day of a birth as one form; empty when only the year or the month is known."""
    return f"{born.year:04}-{born.month:02}-{born.day:02}" if born.known else ""


def kept(domain: Domain, form: str, text: str) -> Iterator[Mark]:
    """The marks that are kept of something. form: as `tokens.normalised` has it."""
    if form:
        yield Mark(Way.AS_WRITTEN, form)
    if domain is Domain.NAME:
        for sound in sounds_of(text):
            yield Mark(Way.SOUND if sound.whole else Way.PAIR, sound.form)
    elif domain is Domain.DOCUMENT:
        yield from (Mark(Way.ONE_OFF, each) for each in one_off(form))
    elif domain is Domain.BIRTH and (born := birth(text)):
        yield from _kept_of_birth(born)


def asked(domain: Domain, form: str, text: str) -> Iterator[Mark]:
    """The marks that are looked for, each with what it says at most."""
    if domain is Domain.NAME:
        if form:
            yield Mark(Way.AS_WRITTEN, form, _whole(len(form.split())))
        yield from _of_name(text)
    elif domain is Domain.DOCUMENT and form:
        yield Mark(Way.AS_WRITTEN, form, DOCUMENT)
        yield from (Mark(Way.AS_WRITTEN, each, DOCUMENT_SWAPPED) for each in swapped(form))
        yield from (Mark(Way.ONE_OFF, each, DOCUMENT_ONE_OFF) for each in one_off(form))
    elif domain is Domain.PHONE and form:
        yield Mark(Way.AS_WRITTEN, form, PHONE)
    elif domain is Domain.BIRTH and (born := birth(text)):
        yield from _of_birth(born)


def _of_name(text: str) -> Iterator[Mark]:
    for sound in sounds_of(text):
        if not sound.whole:
            yield Mark(Way.SOUND, sound.form, PAIR_OF_WHOLE)
            yield Mark(Way.PAIR, sound.form, PAIR_OF_PAIRS)
            continue
        yield Mark(Way.SOUND, sound.form, _whole(sound.words))
        if sound.words == PAIR:
            yield Mark(Way.PAIR, sound.form, PAIR_OF_WHOLE)


def _whole(words: int) -> int:
    return BY_WORDS[min(words, len(BY_WORDS) - 1)]


def _kept_of_birth(born: Birth) -> Iterator[Mark]:
    yield Mark(Way.YEAR, str(born.year))
    if born.known:
        yield Mark(Way.MONTH, _month_of(born))
    else:
        yield from (Mark(Way.ABOUT, str(year)) for year in born.years)


def _of_birth(born: Birth) -> Iterator[Mark]:
    """Two known days that differ do not agree because the year is the same; estimates do."""
    yield Mark(Way.ABOUT, str(born.year), YEAR_ABOUT)
    if born.known:
        yield Mark(Way.AS_WRITTEN, day_of(born), DAY)
        yield Mark(Way.MONTH, _month_of(born), MONTH)
        if other := turned(born):
            yield Mark(Way.AS_WRITTEN, day_of(other), DAY_TURNED)
    else:
        yield Mark(Way.YEAR, str(born.year), YEAR)
        years = (str(year) for year in born.years if year != born.year)
        yield from (Mark(Way.YEAR, year, YEAR_ABOUT) for year in years)


def _month_of(born: Birth) -> str:
    return f"{born.year:04}-{born.month:02}"
