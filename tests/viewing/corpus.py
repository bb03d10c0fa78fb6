"""Files that somebody might send to do harm, or that tell more than their sender knows."""

import io
import struct
import zipfile
import zlib

import pypdfium2
from PIL import Image
from PIL.PngImagePlugin import PngInfo

PLACE = 0x8825  # the tag of a picture under which a telephone writes where it was taken
WHERE = "canary-place-29.3759N"
RED = (200, 30, 30)


def photograph() -> bytes:
    """A picture of a telephone: turned by its tag, with the place where it was taken."""
    image, out = Image.new("RGB", (400, 200), RED), io.BytesIO()
    tags = image.getexif()
    tags[0x0112] = 6  # turn it by a quarter
    tags[0x010E] = WHERE
    tags.get_ifd(PLACE)[1] = "N"
    image.save(out, "JPEG", exif=tags)
    return out.getvalue()


def screen() -> bytes:
    """A picture of a screen, with words beside it that a program wrote."""
    beside, out = PngInfo(), io.BytesIO()
    beside.add_text("Comment", WHERE)
    tags = Image.Exif()
    tags[0x010E] = WHERE
    Image.new("RGBA", (300, 100), (*RED, 255)).save(out, "PNG", pnginfo=beside, exif=tags)
    return out.getvalue()


def contract(pages: int = 2) -> bytes:
    """A paper of red pages that says who wrote it, where."""
    out = io.BytesIO()
    first, *others = [Image.new("RGB", (600, 800), RED) for _page in range(pages)]
    first.save(out, "PDF", save_all=True, append_images=others, author=WHERE)
    whole = out.getvalue()
    return whole + f"% {WHERE}\n".encode()  # what Pillow writes as UTF-16, once more to be found


def hundred_megapixels() -> bytes:
    """Twelve kilobytes that would unpack to a picture of 100 megapixels."""
    out = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(out, "PNG")
    return out.getvalue()


def lying_picture() -> bytes:
    """A PNG whose head says one pixel and whose data unpack to a hundred megabytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(bytes(100_000_000), 9))
    return b"\x89PNG\r\n\x1a\n" + head + data + chunk(b"IEND", b"")


def bomb() -> bytes:
    """A ZIP archive of a few kilobytes that holds a hundred megabytes."""
    return _zip({"a.txt": bytes(100_000_000)})


def nested() -> bytes:
    """An archive in an archive in an archive."""
    inner = bomb()
    for depth in range(3):
        inner = _zip({f"{depth}.zip": inner})
    return inner


def climbing() -> bytes:
    """An archive whose file would be written far above it."""
    return _zip({"../../../../etc/cron.d/canary": b"* * * * * root true"})


def macro() -> bytes:
    """A document with a program in it."""
    return _zip({"[Content_Types].xml": b"<Types/>", "word/vbaProject.bin": b"canary"})


def drawing() -> bytes:
    """A drawing that runs a script and asks another machine."""
    return (
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert("canary")</script>'
        b'<image href="http://127.0.0.1:9/canary"/></svg>'
    )


def paper(pages: int = 8) -> bytes:
    """A PDF of empty pages."""
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _page in range(pages):
        document.new_page(600, 800)
    document.save(out)
    return out.getvalue()


def endless_paper() -> bytes:
    """A PDF whose one page is a kilometre wide."""
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(3_000_000, 10)
    document.save(out)
    return out.getvalue()


def polyglot() -> bytes:
    """A picture that is a web page and an archive too."""
    return photograph() + b"<html><script>canary()</script></html>" + bomb()


def cut_off() -> bytes:
    """Half of a picture."""
    whole = photograph()
    return whole[: len(whole) // 2]


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
