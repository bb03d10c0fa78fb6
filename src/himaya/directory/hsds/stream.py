"""Reading a list of services from a file of any length, one service at a time."""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from himaya.directory.errors import NotHsds

CHUNK = 1 << 16
LONGEST = 2 << 20  # characters of one service
DEEPEST = 40
LISTS = ("services", "contents")  # a file of services; a page of the HSDS API
ENDS_EARLY = "the file ends too early"
SPACES = re.compile(r"[ \t\r\n]*")
PLAIN_END = re.compile(r"[ \t\r\n,:\]}]")
MARKS = re.compile(r'["{}\[\]]')
STRING_END = re.compile(r'["\\]')


@dataclass(frozen=True, slots=True)
class Found:
    """One element of the list: the line on which it begins, where it stands, and what it is."""

    line: int
    pointer: str
    value: Any


def services_of(file: BinaryIO) -> Iterator[Found]:
    """Each service of a file: `[…]`, `{"services": […]}` or `{"contents": […]}`, in UTF-8.

    Raises NotHsds when the file is no such thing, also when that shows only at its end.
    """
    text = _Text(file)
    before = _to_list(text)
    text.take("[")
    number = 0
    if text.peek() == "]":
        text.take("]")
    else:
        while True:
            text.peek()
            line = text.line
            yield Found(line, f"{before}/{number}", text.value())
            number += 1
            if text.take(",]") == "]":
                break
    if before:
        _rest_of_object(text)
    if text.peek():
        raise text.wrong("something follows after the end of the list")


def _to_list(text: "_Text") -> str:
    """Go to the list. Returns the pointer to it."""
    first = text.peek()
    if first == "[":
        return ""
    if first != "{":
        raise text.wrong("this is no JSON list of services")
    text.take("{")
    while text.peek() == '"':
        name = text.value()
        text.take(":")
        if name in LISTS and text.peek() == "[":
            return f"/{name}"
        text.value()
        if text.take(",}") == "}":
            break
    raise text.wrong('there is no list "services"')


def _rest_of_object(text: "_Text") -> None:
    while text.take(",}") == ",":
        if text.peek() != '"':
            raise text.wrong("a name in quotation marks was expected")
        text.value()
        text.take(":")
        text.value()


class _Text:
    """A file's text, of which only what is being read is in memory."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self.buffer = ""
        self.at = 0
        self.line = 1
        self.ended = False

    def wrong(self, why: str) -> NotHsds:
        return NotHsds(why, self.line)

    def peek(self) -> str:
        """The next character that is no space, or nothing at the end."""
        while True:
            self._pass(SPACES.match(self.buffer, self.at).end())  # type: ignore[union-attr]  # matches nothing as well
            if self.at < len(self.buffer):
                return self.buffer[self.at]
            if not self._more():
                return ""

    def take(self, allowed: str) -> str:
        """The next character, which must be one of these."""
        found = self.peek()
        if not found or found not in allowed:
            expected = " or ".join(allowed)
            raise self.wrong(f"expected {expected}" if found else ENDS_EARLY)
        self._pass(self.at + 1)
        return found

    def value(self) -> Any:
        """The JSON value that begins here."""
        first = self.peek()
        if not first:
            raise self.wrong(ENDS_EARLY)
        end = self._end_of_nested() if first in '"{[' else self._end_of_plain()
        try:
            value = json.loads(self.buffer[self.at : end], parse_constant=_refuse)
        except ValueError as error:
            broken = self.line + getattr(error, "lineno", 1) - 1
            raise NotHsds("this is not JSON", broken) from None
        self._pass(end)
        return value

    def _end_of_plain(self) -> int:
        end = self.at
        while (found := PLAIN_END.search(self.buffer, end)) is None:
            end = len(self.buffer)
            if not self._room():
                return end
        return found.start()

    def _end_of_nested(self) -> int:
        """One past the bracket or quotation mark that ends the value."""
        end, depth, quoted = self.at, 0, False
        while True:
            found = (STRING_END if quoted else MARKS).search(self.buffer, end)
            if found is None:
                end = self._goes_on(len(self.buffer))
                continue
            end = found.end()
            if found[0] == "\\":
                end = self._goes_on(end) + 1
            elif found[0] == '"':
                quoted = not quoted
            else:
                depth += 1 if found[0] in "{[" else -1
            if depth > DEEPEST:
                raise self.wrong(f"more than {DEEPEST} brackets stand inside one another")
            if depth == 0 and not quoted:
                return end

    def _goes_on(self, end: int) -> int:
        """The same place, behind which there is something. Raises NotHsds at the file's end."""
        if end >= len(self.buffer) and not self._room():
            raise self.wrong(ENDS_EARLY)
        return end

    def _room(self) -> bool:
        """Read more of a value. Raises NotHsds when it is too long already."""
        if len(self.buffer) - self.at > LONGEST:
            raise self.wrong(f"one service is longer than {LONGEST:,} characters")
        return self._more()

    def _more(self) -> bool:
        """Read on; False at the end of the file."""
        while not self.ended:
            chunk = self.file.read(CHUNK)
            self.ended = not chunk
            try:
                text = self.decoder.decode(chunk, final=self.ended)
            except UnicodeDecodeError:
                raise self.wrong("the file is not written in UTF-8") from None
            self.buffer += text
            if text:
                return True
        return False

    def _pass(self, end: int) -> None:
        """Go on to this place; what lies behind is dropped now and then."""
        self.line += self.buffer.count("\n", self.at, end)
        self.at = end
        if self.at > CHUNK:
            self.buffer, self.at = self.buffer[self.at :], 0


def _refuse(name: str) -> None:
    raise ValueError(name)
