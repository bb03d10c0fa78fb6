"""A file that has been read and is ready to be stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from hashlib import sha256

from himaya.statistics.reading import ctdc, glotip
from himaya.statistics.reading.draft import Draft
from himaya.statistics.reading.lines import Rejection, table_of

GLOTIP = "glotip"
GLOTIP_SOURCE = "UNODC data portal, Global Report on Trafficking in Persons"
CTDC_COLUMNS = tuple(field.name for field in fields(Draft) if field.name != "latest_year")
GLOTIP_COLUMNS = tuple(field.name for field in fields(glotip.Published) if field.name != "line")

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Incoming:
    """What one file holds. rows: line number and values of `columns`, in the order of lines.

    repeated: lines that say again what an earlier line of the same file said; only published
    tables have them, equal rows of persons are different persons. years: first and last.
    """

    kind: str
    source: str
    sha256: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    repeated: int
    rejections: Sequence[Rejection]
    years: tuple[int, int] | None

    def period(self) -> str:
        """The years the file covers, as text."""
        if self.years is None:
            return ""
        first, last = self.years
        return str(first) if first == last else f"{first}–{last}"


def read_ctdc(content: bytes, *, latest_year: int) -> Incoming:
    """A file of CTDC, whichever edition its header says. Raises the refusals of `table_of`."""
    table = table_of(content, ctdc.HEADERS)
    edition = ctdc.HEADERS[frozenset(table.header)]
    read = list(ctdc.persons(table, latest_year))
    persons = [(line, found) for line, found in read if isinstance(found, Draft)]
    return Incoming(
        kind=edition.code,
        source=edition.title,
        sha256=sha256(content).hexdigest(),
        columns=("line", *CTDC_COLUMNS),
        rows=[(line, *(getattr(one, name) for name in CTDC_COLUMNS)) for line, one in persons],
        repeated=0,
        rejections=[found for _line, found in read if isinstance(found, Rejection)],
        years=_span(year for _line, one in persons for year in (one.year_from, one.year_to)),
    )


def read_glotip(content: bytes, *, latest_year: int) -> Incoming:
    """UNODC's published table. Raises the refusals of `table_of`."""
    read = list(glotip.values(table_of(content, glotip.HEADERS), latest_year))
    values = [one for one in read if isinstance(one, glotip.Published)]
    return Incoming(
        kind=GLOTIP,
        source=GLOTIP_SOURCE,
        sha256=sha256(content).hexdigest(),
        columns=("line", *GLOTIP_COLUMNS, "below5"),
        rows=[
            (one.line, *(getattr(one, name) for name in GLOTIP_COLUMNS), one.value is None)
            for one in values
        ],
        repeated=sum(isinstance(one, glotip.Repeated) for one in read),
        rejections=[one for one in read if isinstance(one, Rejection)],
        years=_span(one.year for one in values),
    )


def _span(years: Iterable[int | None]) -> tuple[int, int] | None:
    known = [year for year in years if year is not None]
    return (min(known), max(known)) if known else None
