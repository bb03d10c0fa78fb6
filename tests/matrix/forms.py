"""The forms of a page, with something in every field that the page itself would take."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

Fields = dict[str, list[str]]
FEW: Final = 8  # fields
UNTYPED: Final = {"csrfmiddlewaretoken"}


@dataclass
class Form:
    """One form: where it goes, and what it sends. loose: fields into which one may type."""

    action: str
    method: str
    fields: Fields = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Every field that somebody may send something in, typed, chosen or hidden."""
        return [name for name in self.fields if name not in UNTYPED]

    def few(self) -> list[str]:
        """Of many questions that are answered alike the first ones; whatever one may type in."""
        return [*self.loose, *(name for name in self.names if name not in self.loose)][:FEW]


class Forms(HTMLParser):
    """The forms of a page, in order."""

    def __init__(self, html: str, path: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._path = path
        self._form: Form | None = None
        self._choosing = self._writing = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urlsplit(said.get("action") or self._path).path
            self._form = Form(action, said.get("method", "get").upper())
            self.found.append(self._form)
        elif self._form is not None and tag in {"input", "select", "textarea", "button", "option"}:
            self._take(tag, said, self._form)

    def _take(self, tag: str, said: dict[str, str], form: Form) -> None:
        name, value = said.get("name", ""), said.get("value", "")
        if tag == "option":
            self._choose(value, form)
        elif not name or said.get("type") == "file":
            return
        elif tag == "select":
            self._choosing = name
            form.fields[name] = []
        elif tag == "textarea":
            self._writing = name
            form.fields[name] = ["Words."]
            form.loose.append(name)
        elif tag == "button" or said.get("type") in {"radio", "checkbox"}:
            form.fields.setdefault(name, [value])
        else:
            form.fields[name] = [value or _typed(said)]
            if said.get("type") != "hidden":
                form.loose.append(name)

    def _choose(self, value: str, form: Form) -> None:
        """The first choice that is one."""
        if self._choosing and value and not form.fields[self._choosing]:
            form.fields[self._choosing] = [value]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._choosing = ""


def _typed(said: dict[str, str]) -> str:
    kinds = {"date": "2027-01-15", "number": "3", "datetime-local": "2027-01-15T10:00"}
    return kinds.get(said.get("type", ""), "words")


def forms_of(html: str, path: str) -> list[Form]:
    """Every form of a page."""
    return Forms(html, path).found
