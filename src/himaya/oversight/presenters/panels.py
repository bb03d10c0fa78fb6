"""One figure as the page shows it: a sentence, a picture, a table, and where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from babel.numbers import format_decimal
from django.utils.safestring import SafeString
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from himaya.statistics.charts import Bar
from himaya.statistics.disclosure import Mark
from himaya.statistics.figures import Number


@dataclass(frozen=True, slots=True)
class Cell:
    """One number in words. mark: how it is published, for its drawing."""

    text: str
    mark: str = Mark.SHOWN


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table."""

    label: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader must know about a figure: unit, denominator, period, source, …"""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A figure. picture: empty when there is nothing to draw."""

    name: str
    title: str
    finding: str
    picture: SafeString | str = ""
    head: Sequence[str] = ()
    lines: Sequence[Line] = ()
    notes: Sequence[Note] = field(default_factory=list)


def in_digits(number: int) -> str:
    """A whole number as the reader's language groups it."""
    return format_decimal(number, locale=to_locale(get_language() or "en"))


def in_words(number: Number) -> str:
    """A number as it may be published."""
    if number.mark is Mark.SHOWN and number.count is not None:
        return in_digits(number.count)
    return _("fewer than 5") if number.mark is Mark.FEWER else _("kept back")


def cell(number: Number) -> Cell:
    """A number as a cell of a table."""
    return Cell(in_words(number), number.mark)


def bar(label: str, number: Number) -> Bar:
    """A number as a bar of a picture."""
    return Bar(label, number.count, number.mark, in_words(number))
