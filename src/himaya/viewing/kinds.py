"""What a file is, by its first bytes: never by its name, nor by what its sender calls it."""

from enum import StrEnum


class Kind(StrEnum):
    """What can be done with a file. Only pictures and papers are ever drawn."""

    PICTURE = "picture"
    PAPER = "paper"
    SOUND = "sound"
    OTHER = "other"


RIFF_NAME = slice(8, 12)
STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", Kind.PICTURE),  # JPEG
    (b"\x89PNG\r\n\x1a\n", Kind.PICTURE),
    (b"GIF87a", Kind.PICTURE),
    (b"GIF89a", Kind.PICTURE),
    (b"BM", Kind.PICTURE),
    (b"II*\x00", Kind.PICTURE),  # TIFF, in both orders of bytes
    (b"MM\x00*", Kind.PICTURE),
    (b"%PDF-", Kind.PAPER),
    (b"OggS", Kind.SOUND),
    (b"ID3", Kind.SOUND),
    (b"\xff\xfb", Kind.SOUND),  # MP3 without a head
    (b"\xff\xf1", Kind.SOUND),  # AAC
    (b"#!AMR", Kind.SOUND),
    (b"\x1a\x45\xdf\xa3", Kind.SOUND),  # WebM, in which browsers record
)
NAMED = {b"WEBP": Kind.PICTURE, b"WAVE": Kind.SOUND}


def kind_of(content: bytes) -> Kind:
    """The kind of a file. What is on no list is never drawn."""
    if content.startswith(b"RIFF"):
        return NAMED.get(content[RIFF_NAME], Kind.OTHER)
    if content[4:8] == b"ftyp" and content[8:11] in {b"M4A", b"3gp"}:
        return Kind.SOUND
    for start, kind in STARTS:
        if content.startswith(start):
            return kind
    return Kind.OTHER
