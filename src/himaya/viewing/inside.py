"""The program in the box: draws what comes over its input as JPEG pictures, and ends.

It runs without the rest of Himaya: no network, no file but this folder and the libraries that
draw, and no more memory, time or output than `limits` says. Whatever a file makes of it stays in.
"""

import io
import resource
import struct
import sys
from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageOps

from himaya.viewing import limits

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
QUALITY = 80
WHITE = (255, 255, 255)
LENGTH = ">I"


class TooManyPixels(Exception):
    """The picture would take more memory than a box has."""


def limit() -> None:
    """Give up, for good, what drawing does not need."""
    for what, most in (
        (resource.RLIMIT_AS, limits.MEMORY),
        (resource.RLIMIT_CPU, limits.PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, limits.MOST_OUTPUT),
        (resource.RLIMIT_NPROC, 0),  # holds unless the site runs as root; the clock ends it then
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main(kind: str) -> int:
    """Draw the input: how many pages it has, then each picture behind its length.

    Whatever else a hostile file makes a decoder raise ends the program: the file is unreadable.
    """
    limit()
    content = sys.stdin.buffer.read()
    try:
        number, pages = _paper(content) if kind == "paper" else _picture(content)
        drawn = [_jpeg(page) for page in pages]
    except TooManyPixels:
        return limits.TOO_MANY_PIXELS
    sys.stdout.buffer.write(struct.pack(LENGTH, number))
    for page in drawn:
        sys.stdout.buffer.write(struct.pack(LENGTH, len(page)) + page)
    return 0


def _picture(content: bytes) -> tuple[int, Iterator[Image.Image]]:
    """The first frame, turned as it was taken. Its size is asked before anything is unpacked."""
    Image.MAX_IMAGE_PIXELS = None  # pypdfium2 and every frame are held to our own figure
    image = Image.open(io.BytesIO(content), formats=FORMATS)
    if image.width * image.height > limits.MOST_PIXELS:
        raise TooManyPixels
    image.draft("RGB", (limits.SIDE, limits.SIDE))
    return 1, iter([ImageOps.exif_transpose(image)])


def _paper(content: bytes) -> tuple[int, Iterator[Image.Image]]:
    """The first pages. Forms and what they would run are not drawn."""
    document = pypdfium2.PdfDocument(content)
    return len(document), (_page(document, number) for number in range(_shown(document)))


def _shown(document: pypdfium2.PdfDocument) -> int:
    return min(len(document), limits.MOST_PAGES)


def _page(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    page = document[number]
    scale = limits.SIDE / max(*page.get_size(), 1)
    drawn: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    return drawn


def _jpeg(image: Image.Image) -> bytes:
    """The picture alone: new bytes, without what a camera or a program wrote beside it."""
    image.thumbnail((limits.SIDE, limits.SIDE))
    seen = image.convert("RGBA")
    flat = Image.new("RGB", seen.size, WHITE)
    flat.paste(seen, mask=seen.getchannel("A"))
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
