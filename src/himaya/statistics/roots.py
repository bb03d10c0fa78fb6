"""The Merkle root over the rows of an imported file: one line in the ledger stands for them all."""

from collections.abc import Iterable, Iterator

from himaya.audit.canonical import written
from himaya.audit.merkle import root_of
from himaya.statistics.models import ImportedFact, ImportedFile, PublishedFigure
from himaya.statistics.reading.incoming import (
    CTDC_COLUMNS,
    GLOTIP,
    GLOTIP_COLUMNS,
    Row,
)


def root_over(rows: Iterable[Row]) -> bytes:
    """The root over rows in the order of their lines, each starting with its line number."""
    return root_of(written(list(row)).encode() for row in rows)


def is_untouched(file: ImportedFile) -> bool:
    """True when the rows in the database are those that were stored from the file."""
    return root_over(_rows_of(file)) == bytes(file.root)


def _rows_of(file: ImportedFile) -> Iterator[Row]:
    if file.kind == GLOTIP:
        values = PublishedFigure.objects.filter(file=file).order_by("line")
        return values.values_list("line", *GLOTIP_COLUMNS, "below5").iterator()
    persons = ImportedFact.objects.filter(file=file).order_by("line")
    return persons.values_list("line", *CTDC_COLUMNS).iterator()
