"""The Merkle root over the rows of an imported file: one line in the ledger stands for them all."""

from collections.abc import Iterable

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
    if file.kind == GLOTIP:
        columns: tuple[str, ...] = ("line", *GLOTIP_COLUMNS, "below5")
        rows = PublishedFigure.objects.filter(file=file).order_by("line").values_list(*columns)
    else:
        columns = ("line", *CTDC_COLUMNS)
        rows = ImportedFact.objects.filter(file=file).order_by("line").values_list(*columns)
    return root_over(rows.iterator()) == bytes(file.root)
