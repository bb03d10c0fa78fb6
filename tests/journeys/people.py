"""The people of a journey, each with a browser of their own, all judged by the same axe."""

import base64
import hmac
import struct
import time
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.service import Service

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
JUDGE = """rules => axe.run(document, {runOnly: rules}).then(found => found.violations.map(
  fault => fault.id + ': ' + fault.nodes.map(node => node.target.join(' ')).join(', ')))"""
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
_used: dict[str, str] = {}  # an officer's secret → the last code they signed in with


class Person:
    """Somebody at a screen. Whatever page they come to is looked at as a careful tester would."""

    def __init__(
        self,
        browser: Browser,
        site: str,
        language: str,
        *,
        phone: bool = False,
        script: bool = True,
    ) -> None:
        context = browser.new_context(
            locale=language, viewport=PHONE if phone else DESK, java_script_enabled=script
        )
        self._sit_down(context, site, language, script=script)

    @classmethod
    def of(cls, context: BrowserContext, site: str, language: str) -> "Person":
        """Somebody with a browser that is there already."""
        person = cls.__new__(cls)
        person._sit_down(context, site, language, script=True)
        return person

    def _sit_down(self, context: BrowserContext, site: str, language: str, *, script: bool) -> None:
        self.site = site
        self.language = language
        self.script = script
        self.context = context
        self.page: Page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.origins: set[str] = set()
        self.page.on("request", lambda request: self.origins.add(request.url.split("/")[2]))

    def goto(self, path: str) -> None:
        """Open an address of the site."""
        self.page.goto(f"{self.site}{path}")
        self.look()

    def click(self, selector: str) -> None:
        """Press or follow, and look at where it leads."""
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()
        # The script that seals puts the next page in place of this one without leaving it.
        self.page.locator("html:not([data-seals=busy])").wait_for(state="attached")
        self.look()

    def fill(self, **fields: str) -> None:
        """Type into fields by their names."""
        for name, words in fields.items():
            self.page.locator(f"main :is(input, textarea)[name={name}]").fill(words)

    def choose(self, **fields: str) -> None:
        """Tick radios and boxes by name and value."""
        for name, value in fields.items():
            self.page.locator(f"main input[name={name}][value='{value}']").check()

    def tick(self, *names: str) -> None:
        """Tick single boxes by name."""
        for name in names:
            self.page.locator(f"main input[name={name}]").check()

    def send(self, form: str = "main form") -> None:
        """Press the first submit button of a form: the one that goes on."""
        self.click(f"{form} button:not([type=button])")

    def text(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()

    def path(self) -> str:
        """Where we are."""
        return self.page.url.removeprefix(self.site)

    def look(self) -> None:
        """The page is in the person's language, reads its way, fits the screen, passes axe."""
        html = self.page.locator("html")
        assert html.get_attribute("lang") == self.language, self.path()
        assert html.get_attribute("dir") == ("rtl" if self.language == "ar" else "ltr")
        if not self.script:
            return
        faults = self.page.evaluate(f"{AXE};({JUDGE})({RULES})")
        assert faults == [], f"{self.path()}: {faults}"
        wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not self.page.evaluate(wider), f"{self.path()} scrolls sideways"


class Officer(Person):
    """An invented officer, signed in with passphrase and code, and unlocked."""

    def __init__(self, browser: Browser, service: Service, language: str, role: str) -> None:
        super().__init__(browser, service.officers, language)
        known = service.credentials(role)
        self.goto("/login")
        self.fill(login=known["username"], password=known["passphrase"])
        self.send()
        self.fill(code=fresh_code(known["totp_secret"]))
        self.send()
        self.passphrase = known["passphrase"]

    def unlock(self) -> None:
        """The second step: open the officer's own key."""
        self.goto("/unlock?next=/")
        self.fill(passphrase=self.passphrase)
        self.send()


def fresh_code(secret: str) -> str:
    """A code that this officer has not used yet: each counts once."""
    while _used.get(secret) == totp(secret):
        time.sleep(1)
    _used[secret] = totp(secret)
    return _used[secret]


def totp(secret: str) -> str:
    """The code of this half minute (RFC 6238, SHA-1, six digits)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
