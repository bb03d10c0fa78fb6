"""Which characters the shipped fonts can show: a paper with a letter it cannot show is not made."""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unicodedata import category

FONTS = Path(__file__).parent / "fonts"
NOT_SHOWN = "\N{REPLACEMENT CHARACTER}"
BREAKS = frozenset("\n\t")
NEVER = frozenset({0xFEFF})  # the standard forbids a byte order mark inside text
FORMAT = 4  # of the table of characters; every Noto font has one such
LAST = 0xFFFF  # closes that table, and stands for nothing


def showable(text: str) -> str:
    """The text, with a mark in place of every character that no shipped font has."""
    known = _characters()
    return "".join(each if each in BREAKS or ord(each) in known else NOT_SHOWN for each in text)


@cache
def _characters() -> frozenset[int]:
    """The characters that at least one font has, without those that control and show nothing."""
    found = (code for path in sorted(FONTS.glob("*.ttf")) for code in _of_font(path.read_bytes()))
    return frozenset(code for code in found if category(chr(code)) != "Cc") - NEVER


def _of_font(font: bytes) -> Iterator[int]:
    """The characters of one font: as its table `cmap` has them."""
    tables = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * each) for each in range(tables))
    start = next(offset for tag, _sum, offset, _length in records if tag == b"cmap")
    encodings = struct.unpack_from(">H", font, start + 2)[0]
    for each in range(encodings):
        offset = start + struct.unpack_from(">I", font, start + 8 + 8 * each)[0]
        if struct.unpack_from(">H", font, offset)[0] == FORMAT:
            yield from _of_table(font, offset)


def _of_table(font: bytes, offset: int) -> Iterator[int]:
    """The characters of one `cmap` table of format 4. Source: OpenType specification, cmap."""
    count = struct.unpack_from(">H", font, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, offset + 14)
    starts = struct.unpack_from(f">{count}H", font, offset + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", font, offset + 16 + 4 * count)
    ranges_at = offset + 16 + 6 * count
    ranges = struct.unpack_from(f">{count}H", font, ranges_at)
    for place in range(count):
        for code in range(starts[place], ends[place] + 1):
            glyph = code
            if ranges[place]:
                at = ranges_at + 2 * place + ranges[place] + 2 * (code - starts[place])
                glyph = struct.unpack_from(">H", font, at)[0]
            if (glyph + deltas[place]) % 0x10000 and code != LAST:
                yield code
