"""Reading a PDF that we made: its title, its languages, its words. Enough for what Typst writes."""

import re
import zlib
from xml.etree import ElementTree

OBJECT = re.compile(rb"\n(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
STREAM = re.compile(rb"/Length (\d+).*?>>\s*stream\r?\n", re.DOTALL)
SHOWN = re.compile(
    rb"/(f\d+) [\d.]+ Tf|((?:\((?:[^()\\]|\\.)*\)|[-\d.\[])+)\]?T[Jj]|(\nET)", re.DOTALL
)
STRING = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
ONE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Pdf:
    """A PDF, taken apart."""

    def __init__(self, made: bytes) -> None:
        assert made.startswith(b"%PDF-")
        assert made.rstrip().endswith(b"%%EOF")
        self.objects = {int(found[1]): found[2] for found in OBJECT.finditer(made)}
        self.streams = {number: _stream(body) for number, body in self.objects.items()}
        self.metadata = next(each for each in self.streams.values() if b"x:xmpmeta" in each)

    def title(self) -> str:
        """The title of the document."""
        root = ElementTree.fromstring(self.metadata.decode("utf-8-sig"))
        title = next(root.iter("{http://purl.org/dc/elements/1.1/}title"))
        return "".join(title.itertext())

    def is_accessible(self) -> bool:
        """True when it says that it keeps to PDF/UA-1, and is tagged."""
        tagged = any(b"/StructTreeRoot" in body for body in self.objects.values())
        return tagged and b"<pdfuaid:part>1</pdfuaid:part>" in self.metadata

    def language(self) -> str:
        """The language of the whole document."""
        (catalog,) = (body for body in self.objects.values() if b"/Type/Catalog" in body)
        return re.findall(rb"/Lang\((.*?)\)", catalog)[0].decode()

    def languages(self) -> set[str]:
        """Every language that is named anywhere in it."""
        named = [re.findall(rb"/Lang\((.*?)\)", body) for body in self.objects.values()]
        named += [re.findall(rb"/Lang\((.*?)\)", drawn) for drawn in self.streams.values()]
        return {each.decode() for found in named for each in found}

    def words(self) -> str:
        """Its words, in the order in which they are drawn: right where one sign is one letter."""
        pages = [body for body in self.objects.values() if b"/Type/Page/" in body]
        return "\n".join(self._page(body) for body in pages)

    def _page(self, page: bytes) -> str:
        resources = re.findall(rb"/Resources (\d+) 0 R", page)
        body = self.objects[int(resources[0])] if resources else page
        maps = {
            name: self._letters(int(font)) for name, font in re.findall(rb"/(f\d+) (\d+) 0 R", body)
        }
        (content,) = re.findall(rb"/Contents (\d+) 0 R", page)
        said, letters = [], {}
        for font, shown, ended in SHOWN.findall(self.streams[int(content)]):
            letters = maps[font] if font else letters
            signs = b"".join(map(_unescaped, STRING.findall(shown)))
            said += [letters.get(signs[at : at + 2], "?") for at in range(0, len(signs), 2)]
            said += [" "] if ended else []
        return "".join(said)

    def _letters(self, font: int) -> dict[bytes, str]:
        (table,) = re.findall(rb"/ToUnicode (\d+) 0 R", self.objects[font])
        return {
            bytes.fromhex(sign.decode()): bytes.fromhex(letters.decode()).decode("utf-16-be")
            for sign, letters in ONE.findall(self.streams[int(table)])
        }


def _stream(body: bytes) -> bytes:
    found = STREAM.search(body)
    if found is None:
        return b""
    content = body[found.end() : found.end() + int(found[1])]
    return zlib.decompress(content) if b"/FlateDecode" in body[: found.end()] else content


def _unescaped(string: bytes) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        what = found[1]
        return bytes([int(what, 8)]) if len(what) == 3 else LETTERS.get(what, what)

    return ESCAPED.sub(one, string)
