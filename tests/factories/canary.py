"""Marked words, and looking for them in every form that a machine might keep them in."""

import gzip
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


def forms_of(word: str) -> Iterator[bytes]:
    """A word as bytes: UTF-8, UTF-16, hexadecimal, and base64 wherever it may begin."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = word.encode(encoding)
        yield raw
        yield raw.hex().encode()
        yield raw.hex().upper().encode()
        for before in range(3):
            # What base64 makes of the word alone: without the characters its neighbours decide.
            coded = b64encode(b"\0" * before + raw)
            whole = len(before * b"\0" + raw) // 3 * 4
            yield coded[-(-before * 8 // 6) : whole]


@dataclass
class Found:
    """Where a marked word was found, and how much was looked through."""

    places: list[str]
    looked_at: int


def look_for(words: Iterable[str], places: Iterable[tuple[str, bytes]]) -> Found:
    """Look for every form of every word in every place, also inside what is packed."""
    needles = {needle for word in words for needle in forms_of(word)}
    found, looked_at = [], 0
    for name, content in places:
        looked_at += len(content)
        unpacked = _unpacked(content)
        if any(needle in part for needle in needles for part in (content, unpacked)):
            found.append(name)
    return Found(found, looked_at)


def files_below(directory: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a directory."""
    for path in sorted(directory.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield str(path), path.read_bytes()


def _unpacked(content: bytes) -> bytes:
    for unpack in (gzip.decompress, zlib.decompress):
        try:
            return unpack(content)
        except (OSError, zlib.error, EOFError):
            continue
    return b""
