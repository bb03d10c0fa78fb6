"""What the reporters' site costs a phone, in each of its languages: bytes over the wire, requests.

Head and body of every answer are counted, compressed as an old phone asks for it: of every page
from the first to the receipt and back for a reply, as a phone without script sees them. The aim for
the first visit is one initial TCP window (14,600 bytes), at most three requests, and none of them
to anybody else; every later page has one size. Then a phone is asked: Chromium, six times slower
than this machine, says when it first paints on a slow line, and how long it works, also for a
whole report that it seals itself.
"""

import gzip
import importlib.util
import json
import re
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median_low

from himaya.installation.temporary import Running
from himaya.packs.languages import spoken
from himaya.packs.loader import current
from himaya.web.onesize import SIZE
from tests.factories.wire import BOUNDARY, LOOPBACK, STORY, carried, multipart

ONE_WINDOW = 14_600
MOST_REQUESTS = 3
MOST_MODULE = 25 * 1024  # of the sealing module, on the page on which words are written alone
MOST_SCRIPT = 6 * 1024  # of our own scripts
FIRST_PAINT_WITHIN = 5_000  # milliseconds
WORK_WITHIN = 300
VISITS = 3  # of each language: a machine has other things to do as well
SEALING = "sealing and sending"
ASKED_FOR = re.compile(r'<(?:link|script|img|source|iframe)\b[^>]*\b(?:href|src)="([^"]+)"')
END_OF_HEAD = b"\r\n\r\n"


@dataclass
class Phone:
    """A phone without script, and what each page of its way cost it."""

    port: int
    language: str
    pages: dict[str, int] = field(default_factory=dict)
    asks: dict[str, list[str]] = field(default_factory=dict)
    bodies: list[int] = field(default_factory=list)

    def ask(self, path: str, fields: Mapping[str, str] | None = None) -> tuple[bytes, bytes]:
        """One request; head and body as they came over the wire."""
        body = b"" if fields is None else multipart(fields, {})
        head = (
            f"{'GET' if fields is None else 'POST'} {path} HTTP/1.1\r\nHost: localhost\r\n"
            f"Accept-Encoding: gzip\r\nAccept-Language: {self.language}\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        with socket.create_connection((LOOPBACK, self.port), timeout=30) as line:
            line.sendall(head.encode() + body)
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        said, _, content = answer.partition(END_OF_HEAD)
        return said + END_OF_HEAD, content

    def see(self, name: str, path: str, fields: Mapping[str, str] | None = None) -> str:
        """A page, noted; its HTML."""
        head, body = self.ask(path, fields)
        page = gzip.decompress(body) if b"content-encoding: gzip" in head.lower() else body
        html = page.decode()
        self.pages[name] = len(head) + len(body)
        self.asks[name] = [each for each in ASKED_FOR.findall(html) if not each.startswith("data:")]
        self.bodies.append(len(body))
        return html

    def whole_way(self) -> None:
        """Every page of the site."""
        self.see("first page", "/")
        self.see("before", "/0")
        words = {"story": STORY, "danger": "now"}
        begun = carried(self.see("writing", "/1"))
        then = carried(self.see("who reads", "/2", {"carried": begun, **words}))
        last = carried(self.see("check", "/3", {"carried": then, "contact_how": "at night"}))
        sent = self.see("receipt", "/4", {"carried": last})
        digits = re.findall(r'class="receipt"[^>]*>([^<]+)<', sent)[0]
        self.see("second number", "/10", {"carried": carried(sent)})
        self.see("look", "/5")
        self.see("no reply yet", "/5", {"number": digits})
        self.see("in danger", "/9")
        self.see("card", "/11")
        self.see("no such page", "/nothing")

    def foreign(self) -> list[str]:
        """What any page asks of anybody else."""
        every = (path for asked in self.asks.values() for path in asked)
        return [path for path in every if not path.startswith("/") or path.startswith("//")]

    def size_of(self, path: str) -> int:
        """Of a file that pages ask for."""
        return sum(len(part) for part in self.ask(path))

    def first_visit(self) -> tuple[int, int]:
        """Bytes and requests of the first page with all that it asks for."""
        asked = self.asks["first page"]
        return self.pages["first page"] + sum(map(self.size_of, asked)), 1 + len(asked)


def scripts(phone: Phone) -> dict[str, int]:
    """Bytes of each script of the site, compressed, without the heads of the answers."""
    every = {path for asked in phone.asks.values() for path in asked if path.endswith(".js")}
    return {path.rsplit("/", 1)[1].split(".")[0]: len(phone.ask(path)[1]) for path in sorted(every)}


def on_phones(site: str, languages: list[str]) -> tuple[dict[str, tuple[int, int]], dict[str, int]]:
    """Per language the first paint and the work, in the middle of a few visits, each with a new
    browser page; the work of each step of a report. Empty without a browser."""
    if importlib.util.find_spec("playwright") is None:
        return {}, {}
    slow = importlib.import_module("tests.factories.phone")
    if slow.chromium() is None:
        return {}, {}
    with slow.a_browser() as browser:
        painted = {}
        for code in languages:
            visits = [slow.first_page(browser, site, code) for _visit in range(VISITS)]
            painted[code] = tuple(median_low(seen) for seen in zip(*visits, strict=True))
        return painted, slow.a_report(browser, site, "en")


def table(ways: Mapping[str, Phone], painted: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    """For people: a line a page, a column a language."""
    first, *_others = ways.values()
    yield f"{'bytes':14}{'requests':>9}" + "".join(f"{code:>7}" for code in ways)
    for name, asked in first.asks.items():
        sizes = "".join(f"{phone.pages[name]:7}" for phone in ways.values())
        yield f"{name:14}{1 + len(asked):9}{sizes}"
    visits = [phone.first_visit() for phone in ways.values()]
    yield f"{'first visit':14}{visits[0][1]:9}" + "".join(f"{size:7}" for size, _asked in visits)
    for place, name in enumerate(("first paint ms", "work ms")):
        cells = (str(painted[code][place]) if code in painted else "-" for code in ways)
        yield f"{name:23}" + "".join(f"{cell:>7}" for cell in cells)


def main(running: Running, *, as_json: bool) -> int:
    """Measure, print, and end with one line of JSON. Fails when a page is over its budget."""
    languages = list(spoken(current()))
    ways = {code: Phone(running.addresses.public_port, code) for code in languages}
    for phone in ways.values():
        phone.whole_way()
    visits = {code: phone.first_visit() for code, phone in ways.items()}
    script = scripts(ways["en"])
    painted, report = on_phones(running.addresses.public, languages)
    said = {
        "aims": {
            "bytes": ONE_WINDOW, "requests": MOST_REQUESTS, "page": SIZE, "module": MOST_MODULE,
            "script": MOST_SCRIPT, "first_paint_ms": FIRST_PAINT_WITHIN, "work_ms": WORK_WITHIN,
            "sealing_work_ms": WORK_WITHIN,
        },
        "bytes": max(size for size, _requests in visits.values()),
        "requests": max(requests for _size, requests in visits.values()),
        "page": max(max(phone.bodies) for phone in ways.values()),
        "module": script.pop("age", 0),
        "script": sum(script.values()),
        "first_paint_ms": max((paint for paint, _work in painted.values()), default=None),
        "work_ms": max((work for _paint, work in painted.values()), default=None),
        "foreign": sorted({path for phone in ways.values() for path in phone.foreign()}),
        "sealing_work_ms": report.get(SEALING),
        "report_work_ms": report,
        "pages": {code: phone.pages for code, phone in ways.items()},
    }  # fmt: skip
    if not as_json:
        print("\n".join(table(ways, painted)))
        for step, work in report.items():
            print(f"work of a phone, {step}: {work} ms")
        print(f"scripts: sealing module {said['module']} bytes, ours {said['script']} bytes")
        print(f"The aims: {said['aims']}")
    print(json.dumps(said))
    kept = all((said[name] or 0) <= most for name, most in said["aims"].items())
    return 0 if kept and not said["foreign"] else 1
