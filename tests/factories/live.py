"""A visitor of a reporters' site that runs, over HTTP."""

from urllib.parse import urlencode, urljoin
from urllib.request import Request, urlopen

from tests.factories.visitor import Reading, Visitor


class LiveVisitor(Visitor):
    """The same visitor, without anything of the service in this process."""

    def __init__(self, site: str, language: str = "en") -> None:
        self.site = site
        self.language = language
        self.page = Reading("")

    def get(self, path: str) -> "LiveVisitor":
        """Open an address."""
        return self._ask(path)

    def post(self, path: str, fields: dict[str, object], **_extra: object) -> "LiveVisitor":
        """Send these fields there."""
        return self._ask(path, urlencode(fields, doseq=True).encode())

    @property
    def receipt(self) -> str:
        """The number on the page."""
        return self._marked("receipt")

    def _marked(self, name: str) -> str:
        return self.html.split(f'class="{name}"')[1].split(">", 1)[1].split("<", 1)[0]

    def _ask(self, path: str, body: bytes | None = None) -> "LiveVisitor":
        address = urljoin(self.site, path)
        asked = Request(address, body, {"Accept-Language": self.language})
        with urlopen(asked, timeout=60) as answer:
            self.html = answer.read().decode()
            self.path = answer.url.removeprefix(self.site)
        self.page = Reading(self.html)
        return self

    def send(self, **filled: object) -> "LiveVisitor":
        """Go through the whole report; what is filled in is filled in wherever it is asked."""
        self.begin()
        for _step in range(10):
            if "report" not in self.page.forms:
                return self
            known = self.page.forms["report"].fields
            choices = {"danger", "child", "persons", "involved", "agencies"}
            asked = {*known, *choices}
            self.press("report", **{name: value for name, value in filled.items() if name in asked})
        return self
