"""Saying something to a person in their own language, on a paper or from a page of officers."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from unicodedata import bidirectional

from babel.dates import format_date
from django.utils.translation import get_language, get_language_info, override

from himaya.config.languages import CODES, WRITTEN_IN
from himaya.papers.make import Content

RIGHT_TO_LEFT = frozenset({"R", "AL"})
STRONG = frozenset({"L", *RIGHT_TO_LEFT})
WRITES_DAYS_AS = {"en": "en_GB"}  # day before month, as the rest of ours


@contextmanager
def speaking(language: str) -> Iterator[str]:
    """Say what follows in this language, or else in the next one; which it is."""
    spoken = language if language in CODES else WRITTEN_IN
    with override(spoken):
        yield spoken


def day_said(day: date) -> str:
    """A day as it is written in the language in force; the framework knows not all of ours."""
    spoken = (get_language() or WRITTEN_IN).partition("-")[0]
    return format_date(day, "long", locale=WRITES_DAYS_AS.get(spoken, spoken))


def as_written(words: str, language: str) -> Content:
    """What somebody typed, for a paper in a language: it keeps the direction it was written in."""
    first = next((way for each in words if (way := bidirectional(each)) in STRONG), "")
    from_the_right = get_language_info(language)["bidi"]
    if not first or (first in RIGHT_TO_LEFT) == from_the_right:
        return words
    said: Mapping[str, Content] = {
        "language": WRITTEN_IN if from_the_right else "ar",
        "text": words,
    }
    return said
