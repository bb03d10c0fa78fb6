"""A visitor of the reporters' site who reads its pages as an assistive tool would: forms by name,
links by relation, and the first button of a form is the one that goes on."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.factories.roles import as_role


@dataclass
class Form:
    """A form of a page, with what it would send if its first button were pressed."""

    name: str
    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    areas: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    buttons: list[dict[str, str]] = field(default_factory=list)


class Reading(HTMLParser):
    """The forms, the links and the words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: dict[str, Form] = {}
        self.links: list[dict[str, str]] = []
        self.words: list[str] = []
        self.title = ""
        self._form: Form | None = None
        self._area = ""
        self._list = ""
        self._in = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        said = {name: value or "" for name, value in attrs}
        self._in = tag
        match tag:
            case "form":
                self._form = Form(said.get("name", ""), said.get("action", ""))
                self.forms[self._form.name] = self._form
            case "a":
                self.links.append(said)
            case "textarea":
                self._area = said["name"]
                self._form.areas.append(said["name"])
                self._form.fields[said["name"]] = [""]
            case "select" | "option":
                self._choose(said)
            case "input" if said.get("type") == "file":
                self._form.files.append(said["name"])
            case "input" if said.get("type") not in {"radio", "checkbox"} or "checked" in said:
                self._form.fields.setdefault(said["name"], []).append(said.get("value", ""))
            case "button" if self._form:
                self._form.buttons.append(said)

    def _choose(self, said):
        """A list, and the entry of it that is chosen."""
        self._list = said.get("name", self._list)
        if "name" in said or "selected" in said:
            self._form.fields[self._list] = [said.get("value", "")]

    def handle_endtag(self, tag):
        self._in = ""
        if tag == "form":
            self._form = None
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data):
        if self._area:
            # A parser of HTML drops the line end right after the tag.
            self._form.fields[self._area] = [data.removeprefix("\n")]
        elif self._in == "title":
            self.title += data
        self.words.append(data)

    @property
    def text(self) -> str:
        """The words of the page, white space folded."""
        return " ".join(" ".join(self.words).split())


class Visitor:
    """Somebody at the reporters' site. Every request is made with that site's database role."""

    def __init__(self, language: str = "en") -> None:
        self.client = Client(headers={"accept-language": language}, raise_request_exception=False)
        self.response = HttpResponse()
        self.page = Reading("")

    def get(self, path: str) -> "Visitor":
        """Open an address."""
        with as_role("public"):
            return self._take(self.client.get(path))

    def post(self, path: str, fields: dict[str, object], **extra: object) -> "Visitor":
        """Send these fields there."""
        with as_role("public"):
            return self._take(self.client.post(path, fields, **extra))

    def raw(self, path: str, body: bytes, content_type: str, **extra: object) -> "Visitor":
        """Send these bytes there, whatever they are."""
        with as_role("public"):
            return self._take(self.client.generic("POST", path, body, content_type, **extra))

    def press(self, form: str, *, to: str = "", **filled: object) -> "Visitor":
        """Fill in a form of this page and press its first button, or the one that leads to `to`."""
        found = self.page.forms[form]
        button = next((each for each in found.buttons if each.get("formaction") == to), {})
        fields = {**found.fields, **filled}
        return self.post(button.get("formaction") or found.action or self.path, fields)

    def begin(self) -> "Visitor":
        """Follow the link that begins a report, and go on to the first page that asks for words."""
        self.get("/")
        start = next(link for link in self.page.links if "start" in link.get("rel", ""))
        return self.get(start["href"]).press("report")

    def send(self, **filled: object) -> "Visitor":
        """Go through the whole report; what is filled in is filled in wherever it is asked."""
        self.begin()
        for _step in range(10):
            if "report" not in self.page.forms:
                return self
            asked = self.page.forms["report"]
            known = {
                *asked.fields,
                *asked.files,
                "danger",
                "child",
                "persons",
                "involved",
                "agencies",
            }
            self.press("report", **{name: value for name, value in filled.items() if name in known})
            if self.response.status_code >= 400:
                return self
        return self

    @property
    def receipt(self) -> str:
        """The number on the page."""
        marked = self.response.content.decode().split('class="receipt"')[1]
        return marked.split(">", 1)[1].split("<", 1)[0]

    def _take(self, response: HttpResponse) -> "Visitor":
        self.response = response
        self.path = response.request["PATH_INFO"]
        self.page = Reading(response.content.decode())
        return self


def a_file(content: bytes = b"\xff\xd8picture", name: str = "photo.jpg") -> SimpleUploadedFile:
    """A file that a reporter adds."""
    return SimpleUploadedFile(name, content, content_type="image/jpeg")
