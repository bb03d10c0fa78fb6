"""The editions of CTDC's published files, recognised by their header, and reading their lines.

Source: CTDC codebooks v6 (k-anonymised), February 2024 (synthetic) and the variable list of
1 December 2022 (victims and perpetrators).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from himaya.statistics.reading.draft import Draft, Reader
from himaya.statistics.reading.k_anonymised import FULL, REDUCED
from himaya.statistics.reading.lines import BadRow, Rejection, Table, shown
from himaya.statistics.reading.synthetic import NORTH_AMERICA, PERPETRATORS, SYNTHETIC


@dataclass(frozen=True, slots=True)
class Edition:
    """One published form of the data: its name, who published it, and how each column is read."""

    code: str
    title: str
    columns: Mapping[str, Reader]

    def header(self) -> frozenset[str]:
        """The names of its columns."""
        return frozenset(self.columns)


EDITIONS = (
    Edition("ctdc_k_2020_reduced", "CTDC Global Dataset, 14 April 2020, seven columns", REDUCED),
    Edition("ctdc_k_2020", "CTDC Global Dataset, 14 April 2020", FULL),
    Edition("ctdc_synthetic", "CTDC Global Synthetic Dataset", SYNTHETIC),
    Edition(
        "ctdc_perpetrators_2022",
        "CTDC Global Victim-Perpetrator Synthetic Dataset, 1 December 2022",
        PERPETRATORS,
    ),
    Edition(
        "ctdc_north_america_2025",
        "CTDC Global Synthetic Dataset 2025, North America, recoded",
        NORTH_AMERICA,
    ),
)
HEADERS = {edition.header(): edition for edition in EDITIONS}


def persons(table: Table, latest_year: int) -> Iterator[tuple[int, Draft | Rejection]]:
    """Each line of a CTDC table as a person, or with the reason why it is none."""
    edition = HEADERS[frozenset(table.header)]
    readers = [(name, edition.columns[name]) for name in table.header]
    for line, cells in table.rows():
        yield (
            line,
            cells if isinstance(cells, Rejection) else _person(line, cells, readers, latest_year),
        )


def _person(
    line: int, cells: list[str], readers: list[tuple[str, Reader]], latest_year: int
) -> Draft | Rejection:
    draft = Draft(latest_year)
    for cell, (name, reader) in zip(cells, readers, strict=True):
        try:
            reader(cell.strip(), draft)
        except BadRow as bad:
            return Rejection(line, f"{name}: {shown(cell)} {bad}")
    return draft
