"""An officer's telephone with the screening card on it, in a real browser."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import BrowserContext, Page

from himaya.packs.loader import current
from tests.journeys.people import fresh_code

READY = "html[data-card=ready]"
KEYS = ("yes", "no", "not_known", "would_not_say", "not_asked", "does_not_apply")
ALL_SIGNS = {each.id: each.sign_when.value for each in current().card.questions}
WORKS = "() => navigator.serviceWorker.ready.then(() => caches.keys()).then(all => all.length)"


def sign_in(page: Page, site: str, known: Mapping[str, str]) -> None:
    """Passphrase and code; from wherever the page leads on to."""
    page.goto(f"{site}/login") if "/login" not in page.url else None
    page.locator("main input[name=login]").fill(known["username"])
    page.locator("main input[name=password]").fill(known["passphrase"])
    page.locator("main form button:not([type=button])").first.click()
    page.locator("main input[name=code]").fill(fresh_code(known["totp_secret"]))
    page.locator("main form button:not([type=button])").first.click()
    page.wait_for_load_state()


class FieldPhone:
    """The card on a telephone, from the registration to the last record."""

    def __init__(self, context: BrowserContext, site: str, language: str = "en") -> None:
        self.context, self.site, self.language = context, site, language
        self.page = context.pages[0] if context.pages else context.new_page()
        self.page.set_default_timeout(20_000)

    def register(self, known: Mapping[str, str]) -> str:
        """Register this browser and open the card; answers the device's mark.

        known: how the officer signs in, for when the second factor is asked for again.
        """
        self.page.goto(f"{self.site}/devices/")
        self.page.locator("form[action$='/register'] button").click()
        again = self.page.locator("main input[name=code]")
        self.page.locator(READY).or_(again).first.wait_for(state="attached")
        if again.count():
            again.fill(fresh_code(known["totp_secret"]))
            self.page.locator("main form button:not([type=button])").first.click()
        self.ready()
        assert self.page.evaluate(WORKS) == 1
        return self.page.locator("#mark").inner_text()

    def open(self) -> None:
        """Open the card as the telephone has it."""
        self.page.goto(f"{self.site}/card/{self.language}")
        self.ready()

    def ready(self) -> None:
        """Wait until the card can be used."""
        self.page.locator(READY).wait_for(state="attached")

    def begin(self, *, age: str = "adult", language: str = "en", interpreter: str = "") -> None:
        """Fill in the first screen."""
        form = self.page.locator("#begin")
        form.locator("[name=language]").select_option(language)
        form.locator("[name=interpreter]").select_option(interpreter)
        if interpreter:
            form.locator("[name=bound]").check()
        for name in ("private", "informed"):
            form.locator(f"[name={name}]").check()
        form.locator(f"[name=age][value={age}]").check()
        form.locator("[name=sex][value=female]").check()
        form.locator("button[type=submit]").click()

    def answer(self, given: Mapping[str, str], *, by: str = "touch") -> None:
        """Answer every question of the card; what is not given is not asked."""
        for question in current().card.questions:
            value = given.get(question.id, "not_asked")
            if by == "keyboard":
                self.page.keyboard.press(str(KEYS.index(value) + 1))
            else:
                self.page.locator(f"#answers button[value={value}]").tap()

    def finish(self, **words: str) -> None:
        """Write what the desk must know, and seal it."""
        for name, said in words.items():
            self.page.locator(f"#finish [name={name}]").fill(said)
        self.page.locator("#finish button[type=submit]").click()
        self.page.locator("#advice").wait_for()

    def done(self) -> None:
        """Back to the first screen."""
        self.page.locator("#done").click()
        self.page.locator("#home").wait_for()

    def send(self) -> None:
        """Send what waits, and wait until it was tried."""
        with self.page.expect_response("**/card/*"):
            self.page.locator("#send").click()

    def kept(self) -> list[dict[str, Any]]:
        """What lies on the device: state and size of each record."""
        found: list[dict[str, Any]] = self.page.evaluate(
            "() => Promise.all([kept.waiting(), kept.drafts()]).then(([one, two]) =>"
            " [...one, ...two].map(({id, state, record}) => ({id, state, size: record.length})))"
        )
        return found

    def text(self) -> str:
        """What is on the screen."""
        return self.page.locator("main").inner_text()
