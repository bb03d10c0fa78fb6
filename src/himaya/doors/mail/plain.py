"""The words of a message that has only a page of HTML. Nothing of it is ever shown as HTML."""

import re
from html.parser import HTMLParser

UNSEEN = frozenset({"script", "style", "head", "title", "template"})
LINES = frozenset(
    {"p", "div", "br", "li", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
)
MANY_BREAKS = re.compile(r"\n\s*\n\s*")
SPACES = re.compile(r"[ \t\r\f\v]+")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen.append(tag)
        elif tag in LINES:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._unseen and tag == self._unseen[-1]:
            self._unseen.pop()
        elif tag in LINES:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(SPACES.sub(" ", data.replace("\n", " ")))


def plain(html: str) -> str:
    """The text of a page, a line where the page has one."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = "".join(reader.words).split("\n")
    return MANY_BREAKS.sub("\n\n", "\n".join(line.strip() for line in lines)).strip()
