"""One imported person while its line is read, and how one cell of a CTDC file is read."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from himaya.kernel.countries import alpha_2_of, alpha_3_of
from himaya.statistics.codes import AgeGroup, Sex
from himaya.statistics.reading.lines import BadRow

MISSING = frozenset({"", "-99", "-99.0", "NULL"})
UNKNOWN_COUNTRY = frozenset({"0", "00"})
FIRST_YEAR = 1990
AGE_BANDS = {
    "0--8": AgeGroup.CHILD,
    "9--17": AgeGroup.CHILD,
    "18--20": AgeGroup.ADULT,
    "21--23": AgeGroup.ADULT,
    "24--26": AgeGroup.ADULT,
    "27--29": AgeGroup.ADULT,
    "30--38": AgeGroup.ADULT,
    "39--47": AgeGroup.ADULT,
    "48+": AgeGroup.ADULT,
}
MAJORITY = {"Adult": AgeGroup.ADULT, "Minor": AgeGroup.CHILD}
SEXES = {
    "Female": Sex.FEMALE,
    "Male": Sex.MALE,
    "Woman": Sex.FEMALE,
    "Man": Sex.MALE,
    "Trans/Transgender/NonConforming": Sex.OTHER,
}


@dataclass(slots=True)
class Draft:
    """A person as far as the line has been read. latest_year: the year of the import."""

    latest_year: int
    year_from: int | None = None
    year_to: int | None = None
    source: str = ""
    sex: str = Sex.UNKNOWN
    age_band: str = ""
    age_group: str = AgeGroup.UNKNOWN
    age_group_at_entry: str = AgeGroup.UNKNOWN
    age_group_at_exploitation: str = AgeGroup.UNKNOWN
    citizenship: str = ""
    citizenship_region: str = ""
    country: str = ""
    region: str = ""
    months: str = ""
    forced_labour: bool | None = None
    sexual_exploitation: bool | None = None
    other_exploitation: bool | None = None
    observed: list[str] = field(default_factory=list)
    ruled_out: list[str] = field(default_factory=list)


Reader = Callable[[str, Draft], None]
FLAG = {"1": True, "1.0": True, "0": False, "0.0": False, **dict.fromkeys(MISSING)}
ONE_OR_EMPTY = {"1": True, "1.0": True, **dict.fromkeys(MISSING)}
ONE_OR_ZERO = {"1": True, "0": None}  # an edition whose empty cells were all turned into 0


def nothing(cell: str, draft: Draft) -> None:
    """A column that repeats others in words."""


def year(cell: str, draft: Draft) -> None:
    """A year of registration."""
    if cell in MISSING:
        return
    if not re.fullmatch(r"\d{4}(\.0)?", cell, re.ASCII):
        raise BadRow("is not a year")
    value = int(cell[:4])
    if not FIRST_YEAR <= value <= draft.latest_year:
        raise BadRow(f"is not a year from {FIRST_YEAR} to {draft.latest_year}")
    draft.year_from = draft.year_to = value


def years(*bands: str) -> Reader:
    """A band of years, such as 2005-2013."""

    def read(cell: str, draft: Draft) -> None:
        if cell in bands:
            first, _dash, last = cell.partition("-")
            draft.year_from, draft.year_to = int(first), int(last or first)
        elif cell not in MISSING:
            raise BadRow("is not a band of years of this file")

    return read


def age_band(cell: str, draft: Draft) -> None:
    """One of the nine bands of CTDC. The edition of 2025 writes 09--17."""
    if cell in MISSING:
        return
    band = "9--17" if cell == "09--17" else cell
    if band not in AGE_BANDS:
        raise BadRow("is not an age band of CTDC")
    draft.age_band, draft.age_group = band, AGE_BANDS[band]


def majority(cell: str, draft: Draft) -> None:
    """Adult or minor when registered; a known band says more and is kept."""
    found = _one_of(cell, MAJORITY)
    if found and not draft.age_band:
        draft.age_group = found


def coded(name: str, codes: Mapping[str, str]) -> Reader:
    """A column with one code of a list, kept in the draft's field `name`."""

    def read(cell: str, draft: Draft) -> None:
        found = _one_of(cell, codes)
        if found:
            setattr(draft, name, found)

    return read


def alpha_2(name: str) -> Reader:
    """A country as ISO 3166-1 alpha-2; `NA` is Namibia and 0 an unknown country."""
    return _country(name, alpha_3_of())


def alpha_3(name: str) -> Reader:
    """A country as ISO 3166-1 alpha-3."""
    return _country(name, {code: code for code in alpha_2_of()})


def form(name: str, flags: Mapping[str, bool | None] = FLAG) -> Reader:
    """One of the three forms of exploitation: seen, ruled out, or not recorded."""

    def read(cell: str, draft: Draft) -> None:
        setattr(draft, name, _flag(cell, flags))

    return read


def flag(code: str, flags: Mapping[str, bool | None] = FLAG) -> Reader:
    """A yes-or-no column, kept as a code among those observed or those ruled out."""

    def read(cell: str, draft: Draft) -> None:
        value = _flag(cell, flags)
        if value:
            draft.observed.append(code)
        elif value is False:
            draft.ruled_out.append(code)

    return read


def flags_of(
    prefix: str, names: Mapping[str, str], flags: Mapping[str, bool | None] = FLAG
) -> dict[str, Reader]:
    """Several yes-or-no columns: name of the column → code of what it says."""
    return {column: flag(f"{prefix}.{code}", flags) for column, code in names.items()}


def several(prefix: str, codes: Mapping[str, str]) -> Reader:
    """A column with any number of codes, joined with semicolons."""

    def read(cell: str, draft: Draft) -> None:
        if cell in MISSING:
            return
        for part in cell.split(";"):
            if part not in codes:
                raise BadRow("holds a value that is not in the code list")
            draft.observed.append(f"{prefix}.{codes[part]}")

    return read


def codes_of(names: Iterable[str]) -> dict[str, str]:
    """Values as published → our codes for them: small letters, no signs."""
    return {name: re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") for name in names}


def _one_of(cell: str, codes: Mapping[str, str]) -> str:
    if cell in MISSING:
        return ""
    if cell not in codes:
        raise BadRow("is not in the code list")
    return codes[cell]


def _flag(cell: str, flags: Mapping[str, bool | None]) -> bool | None:
    if cell not in flags:
        allowed = ", ".join(sorted(value or "empty" for value in flags))
        raise BadRow(f"is not one of {allowed}")
    return flags[cell]


def _country(name: str, codes: Mapping[str, str]) -> Reader:
    def read(cell: str, draft: Draft) -> None:
        if cell in MISSING or cell in UNKNOWN_COUNTRY:
            return
        if cell not in codes:
            raise BadRow("is not a country of ISO 3166-1")
        setattr(draft, name, codes[cell])

    return read
