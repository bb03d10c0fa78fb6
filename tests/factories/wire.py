"""A reporter's browser without script, over one kept line to a site that runs."""

import re
import secrets
from collections.abc import Mapping
from html import unescape
from http.client import HTTPConnection

LOOPBACK = "127.0.0.1"
OK = 200
BOUNDARY = secrets.token_hex(16)
STORY = "He keeps our passports and we have not been paid since May. We sleep in the store. " * 8
Files = Mapping[str, bytes]


class Reporter:
    """Forms are read and sent back as they came."""

    def __init__(self, port: int, language: str = "en") -> None:
        self.line = HTTPConnection(LOOPBACK, port, timeout=60)
        self.headers = {"Accept-Encoding": "identity", "Accept-Language": language}

    def ask(
        self, path: str, fields: Mapping[str, str] | None = None, files: Files | None = None
    ) -> tuple[int, str]:
        """GET, or POST of a form."""
        if fields is None:
            self.line.request("GET", path, headers=self.headers)
        else:
            kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
            self.line.request("POST", path, multipart(fields, files or {}), self.headers | kind)
        answer = self.line.getresponse()
        return answer.status, answer.read().decode()

    def to_the_last_page(self, **said: str) -> dict[str, str]:
        """Answer every step; returns what Send would send."""
        begun = {"carried": carried(self.ask("/1")[1]), "danger": "now"}
        told = {"story": f"{secrets.token_hex(8)} {STORY}", **said}
        fields = {"carried": carried(self.ask("/2", begun | told)[1]), "involved": "nobody"}
        reached = {"contact_how": "after ten at night", **said}
        self.last = self.ask("/3", fields | reached)[1]
        return {"carried": carried(self.last)}

    def keys(self) -> str:
        """The keys that the last page gives a script to seal to, as JSON."""
        return unescape(re.findall(r'id="sealing"[^>]*data-to="([^"]*)"', self.last)[0])

    def receipt(self, fields: Mapping[str, str], files: Files | None = None) -> str:
        """Press Send; the number on the page, or nothing."""
        status, page = self.ask("/4", fields, files)
        found = re.search(r'class="receipt"[^>]*>([^<]+)<', page)
        return found[1] if found and status == OK else ""

    def send(self, fields: Mapping[str, str]) -> bool:
        """Press Send; True when a receipt came back."""
        return bool(self.receipt(fields))

    def whole_way(self, _fields: Mapping[str, str]) -> bool:
        """From the first question to the receipt."""
        return self.send(self.to_the_last_page())


def multipart(fields: Mapping[str, str], files: Files) -> bytes:
    """A form as a browser sends it."""
    parts = [
        b'--%b\r\nContent-Disposition: form-data; name="%b"%b\r\n\r\n%b\r\n'
        % (BOUNDARY.encode(), name.encode(), kind, value)
        for name, kind, value in [
            *((name, b"", value.encode()) for name, value in fields.items()),
            *((name, b'; filename="photo.jpg"', value) for name, value in files.items()),
        ]
    ]
    return b"".join([*parts, b"--%b--\r\n" % BOUNDARY.encode()])


def carried(page: str) -> str:
    """What travels with the form of a page."""
    return page.rsplit('name="carried" value="', 1)[1].split('"', 1)[0]
