"""A published file as lines, and what makes a whole file unreadable.

Every line stands alone: none of the published tables has a line break inside a cell, so a stray
quotation mark spoils its own line and not those after it.
"""

import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from himaya.statistics.errors import (
    EmptyFile,
    NotText,
    UnknownHeader,
    WrongDelimiter,
    WrongEncoding,
)

BOM = b"\xef\xbb\xbf"
UTF_16_AND_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"%PDF")
OTHER_DELIMITERS = (";", "\t", "|")
HEAD_LINES = 5  # UNODC writes three lines above its header
FIRST_ACCENTED = 0xC0  # from here on every byte of Latin-1 is a letter
FEW = 2
SHARE = 0.01


class BadRow(Exception):
    """One line cannot be taken. The message is the reason, for the person who imports the file."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A line that was not taken, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """A readable file: its header and the numbered lines below it."""

    header: tuple[str, ...]
    lines: Sequence[tuple[int, bytes]]

    def rows(self) -> Iterator[tuple[int, list[str] | Rejection]]:
        """Each line with its number, as cells or as a rejection."""
        for number, line in self.lines:
            try:
                cells = cells_of(line)
                _check_count(cells, self.header)
            except BadRow as bad:
                yield number, Rejection(number, str(bad))
            else:
                yield number, cells


def table_of(content: bytes, headers: Collection[frozenset[str]]) -> Table:
    """The table in a file whose header is one of `headers`, in any order of columns.

    Raises NotText, EmptyFile, WrongEncoding, WrongDelimiter or UnknownHeader: then no line of the
    file can be trusted.
    """
    _check_text(content)
    numbered = enumerate(content.removeprefix(BOM).splitlines(), start=1)
    lines = [(number, line) for number, line in numbered if line.strip()]
    if not lines:
        raise EmptyFile
    above, header = _header(lines, headers)
    below = lines[above + 1 :]
    if not below:
        raise EmptyFile
    if not content.isascii():
        _check_encoding([line for _number, line in below])
    return Table(header, below)


def cells_of(line: bytes) -> list[str]:
    """The cells of one line. Raises BadRow for a NUL, broken UTF-8 or an open quotation mark."""
    if b"\x00" in line:
        raise BadRow("the line holds a NUL byte")
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as broken:
        raise BadRow(f"the line is not UTF-8 at its byte {broken.start + 1}") from broken
    if '"' not in text:
        return text.split(",")
    try:
        return next(csv.reader([text], strict=True))
    except csv.Error as bad:
        raise BadRow("a quotation mark is not closed or stands in the wrong place") from bad


def shown(cell: str) -> str:
    """A cell as a reason may quote it: short, and nothing a terminal would obey."""
    longest = 40
    return ascii(cell if len(cell) <= longest else cell[:longest] + "…")


def _check_count(cells: list[str], header: tuple[str, ...]) -> None:
    if len(cells) != len(header):
        raise BadRow(f"the line has {len(cells)} columns, the header has {len(header)}")


def _check_text(content: bytes) -> None:
    first = content.split(b"\n", 1)[0]
    if content.startswith(ARCHIVES):
        raise NotText
    if content.startswith(UTF_16_AND_32) or b"\x00" in first:
        raise WrongEncoding


def _header(
    lines: Sequence[tuple[int, bytes]], headers: Collection[frozenset[str]]
) -> tuple[int, tuple[str, ...]]:
    first = lines[0][1]
    for index, (_number, line) in enumerate(islice(lines, HEAD_LINES)):
        names = _names(line, ",")
        if frozenset(names) in headers and len(set(names)) == len(names):
            return index, names
    if any(frozenset(_names(first, other)) in headers for other in OTHER_DELIMITERS):
        raise WrongDelimiter
    if not _is_utf_8(first):
        raise WrongEncoding
    raise UnknownHeader


def _names(line: bytes, delimiter: str) -> tuple[str, ...]:
    text = line.decode("utf-8", errors="replace")
    try:
        return tuple(name.strip() for name in next(csv.reader([text], delimiter=delimiter)))
    except csv.Error:
        return ()


def _check_encoding(lines: list[bytes]) -> None:
    """Refuse a file of another encoding; let a file with a few broken lines pass.

    Latin-1 and its kin show in accented letters that stand alone between ASCII ones; they must be
    all that is not ASCII, in more than a stray line.
    """
    beyond = [line for line in lines if not line.isascii()]
    broken = [line for line in beyond if not _is_utf_8(line)]
    if len(broken) < FEW or len(broken) < SHARE * len(lines):
        return
    if len(broken) == len(beyond) and all(map(_looks_latin, broken)):
        raise WrongEncoding
    if len(broken) > len(lines) / 2:
        raise WrongEncoding


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _looks_latin(line: bytes) -> bool:
    high = [byte for byte in line if not chr(byte).isascii()]
    return all(byte >= FIRST_ACCENTED for byte in high)
