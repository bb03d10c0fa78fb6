"""UNODC's published table for the Global Report on Trafficking in Persons, and reading its lines.

Source: UNODC data portal, data_glotip. Its traps: values are text with thousands commas; half of
them are `<5`; names of cells of the questionnaire stand where values should be (`Q6.1_10s_2019`
became 61,102,019); rows come twice; one key has two values; labels are as they were filled in.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from himaya.statistics.codes import AgeGroup, Form, Sex
from himaya.statistics.reading.labels import code_of
from himaya.statistics.reading.lines import BadRow, Rejection, Table, shown

COLUMNS = (
    "Iso3_code", "Country", "Region", "Subregion", "Indicator", "Dimension", "Category", "Sex",
    "Age", "Year", "Unit of measurement", "txtVALUE", "Source",
)  # fmt: skip
HEADERS = (frozenset(COLUMNS),)
FEWER_THAN_5 = "<5"
HIGHEST = 999_999  # the largest true value published is 32,022
FIRST_YEAR = 2000
LONGEST = 120
INDICATORS = {
    "Offences of trafficking in persons": "offences",
    "Persons brought into formal contact": "formal_contact",
    "Persons prosecuted": "prosecuted",
    "Persons convicted": "convicted",
    "Detected trafficking victims": "detected_victims",
}
DIMENSIONS = {
    "Total": "total",
    "by form of exploitation": "form",
    "by citizenship": "citizenship",
    "by country of repatriation": "repatriation",
}
FORMS = {
    "Sexual exploitation": Form.SEXUAL,
    "Forced labour": Form.FORCED_LABOUR,
    "Other forms of exploitation": Form.OTHER,
}
SEXES = {
    "Total": "total",
    "Female": Sex.FEMALE,
    "Male": Sex.MALE,
    "Other": Sex.OTHER,
    "Unknown": Sex.UNKNOWN,
}
AGES = {
    "Total": "total",
    "18 years or over": AgeGroup.ADULT,
    "0 to 17 years": AgeGroup.CHILD,
    "Unknown": AgeGroup.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Published:
    """One published value.

    iso3: empty where UNODC gives none (Sark). label: the category as published. category: what it
    surely means, or empty. value: None where UNODC publishes `<5`. contradicted: the same key
    stands elsewhere in the file with another value.
    """

    line: int
    iso3: str
    country: str
    indicator: str
    dimension: str
    label: str
    category: str
    sex: str
    age: str
    year: int
    value: int | None
    source: str
    contradicted: bool = False

    def key(self) -> tuple[object, ...]:
        """What the value is about, as published."""
        place = (self.iso3, self.country, self.indicator, self.dimension, self.label)
        return (*place, self.sex, self.age, self.year, self.source)


@dataclass(frozen=True, slots=True)
class Repeated:
    """A line that says again, word for word, what an earlier line has said."""

    line: int


def values(table: Table, latest_year: int) -> Iterator[Published | Repeated | Rejection]:
    """Each line of the table; a contradicted value is kept and marked."""
    read = [_line(line, cells, table, latest_year) for line, cells in table.rows()]
    yield from _compared(read)


def _compared(
    read: Iterable[Published | Rejection],
) -> Iterator[Published | Repeated | Rejection]:
    lines = list(read)
    said: dict[tuple[object, ...], set[int | None]] = defaultdict(set)
    for line in lines:
        if isinstance(line, Published):
            said[line.key()].add(line.value)
    known: set[tuple[object, ...]] = set()
    for line in lines:
        if isinstance(line, Rejection):
            yield line
            continue
        full = (*line.key(), line.value)
        yield Repeated(line.line) if full in known else _marked(line, said[line.key()])
        known.add(full)


def _marked(value: Published, said: set[int | None]) -> Published:
    return replace(value, contradicted=True) if len(said) > 1 else value


def _line(
    line: int, cells: list[str] | Rejection, table: Table, latest_year: int
) -> Published | Rejection:
    if isinstance(cells, Rejection):
        return cells
    row = dict(zip(table.header, map(str.strip, cells), strict=True))
    try:
        return _published(line, row, latest_year)
    except BadRow as bad:
        return Rejection(line, str(bad))


def _published(line: int, row: Mapping[str, str], latest_year: int) -> Published:
    if row["Unit of measurement"] != "Counts":
        raise BadRow(f"Unit of measurement: {shown(row['Unit of measurement'])} is not Counts")
    dimension = _coded(row, "Dimension", DIMENSIONS)
    label = _text(row, "Category")
    return Published(
        line=line,
        iso3=_iso3(row["Iso3_code"]),
        country=_text(row, "Country"),
        indicator=_coded(row, "Indicator", INDICATORS),
        dimension=dimension,
        label=label,
        category=_category(dimension, label),
        sex=_coded(row, "Sex", SEXES),
        age=_coded(row, "Age", AGES),
        year=_year(row["Year"], latest_year),
        value=_value(row["txtVALUE"]),
        source=_text(row, "Source"),
    )


def _coded(row: Mapping[str, str], column: str, codes: Mapping[str, str]) -> str:
    if row[column] not in codes:
        raise BadRow(f"{column}: {shown(row[column])} is not in the code list")
    return codes[row[column]]


def _text(row: Mapping[str, str], column: str) -> str:
    if len(row[column]) > LONGEST:
        raise BadRow(f"{column}: {shown(row[column])} is longer than {LONGEST} characters")
    return row[column]


def _iso3(cell: str) -> str:
    # Parts of countries have longer codes (GBR_E_W), a few places have none.
    if cell and not re.fullmatch(r"[A-Z]{3}(_[A-Z]{1,3}){0,2}", cell):
        raise BadRow(f"Iso3_code: {shown(cell)} is not a code of a country")
    return cell


def _category(dimension: str, label: str) -> str:
    match dimension:
        case "total":
            return "total" if label == "Total" else ""
        case "form":
            return FORMS.get(label, "")
        case _:
            return code_of(label)


def _year(cell: str, latest_year: int) -> int:
    if re.fullmatch(r"\d{4}", cell, re.ASCII) and FIRST_YEAR <= int(cell) <= latest_year:
        return int(cell)
    raise BadRow(f"Year: {shown(cell)} is not a year from {FIRST_YEAR} to {latest_year}")


def _value(cell: str) -> int | None:
    if cell == FEWER_THAN_5:
        return None
    if not re.fullmatch(r"\d+|\d{1,3}(,\d{3})+", cell, re.ASCII):
        raise BadRow(f"txtVALUE: {shown(cell)} is neither a number nor {FEWER_THAN_5}")
    value = int(cell.replace(",", ""))
    if value > HIGHEST:
        raise BadRow(
            f"txtVALUE: {shown(cell)} cannot be a number of persons; "
            "it looks like the name of a cell of the questionnaire read as a number"
        )
    return value
