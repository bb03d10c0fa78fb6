"""Showing answers of the site to a real browser, as they were, and seeing what it does."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.http import HttpResponse
from playwright.sync_api import Page, Route, sync_playwright

from himaya.config.env import ROOT
from tests.journeys.conftest import CHROMIUM, FLAGS

SITE = "http://himaya.example"
STATIC = ROOT / "src" / "himaya" / "web" / "static"
PLANTED = "/s/web/planted.js"
# Whatever a planted script would call; it is there before the page is, and no policy stops it.
TRAP = "window.RAN = 0; window.ran = () => { window.RAN += 1; };"


@dataclass
class Seen:
    """What the browser did: pages on which something ran, and addresses of other sites it asked."""

    ran: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    shown: int = 0


@dataclass(frozen=True)
class Shown:
    """One answer, and where it came from."""

    where: str
    status: int
    headers: dict[str, str]
    body: bytes

    @classmethod
    def of(cls, where: str, response: HttpResponse) -> "Shown":
        """An answer as the browser gets it."""
        headers = dict(response.headers.items())
        return cls(where, response.status_code, headers, response.content)


def replay(answers: Sequence[Shown]) -> Seen:
    """Open every answer in a browser. No request leaves it."""
    seen = Seen()
    with _browser_page(answers, seen) as page:
        for number, answer in enumerate(answers):
            page.goto(f"{SITE}/{number}", wait_until="load")
            seen.shown += 1
            if page.evaluate("window.RAN"):
                seen.ran.append(answer.where)
    return seen


@contextmanager
def _browser_page(answers: Sequence[Shown], seen: Seen) -> Iterator[Page]:
    def give(route: Route) -> None:
        address = route.request.url
        if not address.startswith(f"{SITE}/"):
            seen.elsewhere.append(address)
            route.abort()
        elif address.startswith(f"{SITE}/s/"):
            _give_file(route, address.removeprefix(SITE))
        else:
            number = address.removeprefix(f"{SITE}/")
            answer = answers[int(number)] if number.isdigit() else answers[0]
            route.fulfill(status=answer.status, headers=answer.headers, body=answer.body)

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=False, args=FLAGS
        )
        page = chromium.new_page()
        page.add_init_script(TRAP)
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.route("**/*", give)
        yield page
        chromium.close()


def _give_file(route: Route, path: str) -> None:
    if path == PLANTED:
        route.fulfill(content_type="text/javascript", body="window.ran();")
        return
    file = STATIC / path.removeprefix("/s/")
    if file.is_file():
        route.fulfill(path=file)
    else:
        route.fulfill(status=404, body="")
