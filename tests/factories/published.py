"""Small files in the forms that CTDC and UNODC publish, made up for tests."""

from himaya.statistics.reading.ctdc import EDITIONS
from himaya.statistics.reading.glotip import COLUMNS

REDUCED_HEADER = (
    "yearOfRegistration,gender,ageBroad,citizenship,isForcedLabour,isSexualExploit,"
    "CountryOfExploitation"
)
PERSON = "2016,Female,30--38,PH,1.0,0.0,KW"


def ctdc_file(*rows: str, header: str = REDUCED_HEADER) -> bytes:
    """A CTDC file; one good person when no row is given."""
    return "\n".join([header, *(rows or (PERSON,)), ""]).encode()


def edition_file(code: str, **cells: str) -> bytes:
    """A file of an edition with one row: the cells named here, all others empty or 0."""
    edition = next(edition for edition in EDITIONS if edition.code == code)
    blank = "0" if code == "ctdc_north_america_2025" else ""
    row = ",".join(cells.get(column, blank) for column in edition.columns)
    return ctdc_file(row, header=",".join(edition.columns))


def glotip_row(**cells: str) -> str:
    """A row of UNODC's table; what is not named is a plain total."""
    row = {
        "Iso3_code": "KWT",
        "Country": "Kuwait",
        "Region": "Asia",
        "Subregion": "Western Asia",
        "Indicator": "Detected trafficking victims",
        "Dimension": "Total",
        "Category": "Total",
        "Sex": "Total",
        "Age": "Total",
        "Year": "2017",
        "Unit of measurement": "Counts",
        "txtVALUE": "48",
        "Source": "GLOTIP",
    } | cells
    return ",".join(f'"{row[column]}"' if "," in row[column] else row[column] for column in COLUMNS)


def glotip_file(*rows: str) -> bytes:
    """UNODC's table; one good row when none is given."""
    return "\n".join([",".join(COLUMNS), *(rows or (glotip_row(),)), ""]).encode()
