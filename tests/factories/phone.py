"""A phone that is slow and far away: Chromium, held back, says what a page costs it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

FLAGS = ["--disable-gpu", "--no-first-run", "--disable-background-networking"]
SCREEN = {"width": 360, "height": 740}
SLOWER = 6  # times than this machine
# 50 kilobits a second, 800 milliseconds there and back: a village at the edge of the net.
EDGE = {
    "offline": False,
    "latency": 800,
    "downloadThroughput": 50_000 / 8,
    "uploadThroughput": 50_000 / 8,
}
WORK = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
READY = "html[data-seals=ready]"
WRITTEN = "He keeps our passports. We sleep in the store. " * 20
PICTURE_BYTES = 300_000


def chromium() -> str | None:
    """Where the browser is, when there is one."""
    return os.environ.get("HIMAYA_CHROMIUM") or shutil.which("chromium")


@contextmanager
def a_browser() -> Iterator[Browser]:
    """One browser for all phones."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), chromium_sandbox=False, args=FLAGS
        )
        yield browser
        browser.close()


@dataclass(frozen=True)
class Phone:
    """A page of such a phone."""

    page: Page
    line: CDPSession

    def work(self) -> float:
        """Milliseconds in which its processor worked for this page so far."""
        metrics = self.line.send("Performance.getMetrics")["metrics"]
        return 1000 * sum(each["value"] for each in metrics if each["name"] in WORK)


@contextmanager
def a_phone(browser: Browser, language: str, *, far: bool) -> Iterator[Phone]:
    """A phone in that language. far: on the slow line."""
    context = browser.new_context(locale=language, viewport=SCREEN)
    page = context.new_page()
    page.set_default_timeout(120_000)
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Performance.enable", {"timeDomain": "threadTicks"})
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    if far:
        line.send("Network.emulateNetworkConditions", EDGE)
    try:
        yield Phone(page, line)
    finally:
        context.close()


def first_page(browser: Browser, site: str, language: str) -> tuple[int, int]:
    """Milliseconds until a far phone first paints, and of its work."""
    with a_phone(browser, language, far=True) as phone:
        phone.page.goto(site, wait_until="load")
        phone.page.wait_for_function(f"() => ({PAINTED}) > 0")
        return round(phone.page.evaluate(f"() => {PAINTED}")), round(phone.work())


def a_report(browser: Browser, site: str, language: str) -> dict[str, int]:
    """Milliseconds of work for each step of a report with a picture, which the phone seals."""
    found, before = {}, 0.0
    with a_phone(browser, language, far=False) as phone:

        def note(step: str) -> None:
            nonlocal before
            phone.page.locator(READY).wait_for(state="attached")
            found[step], before = round(phone.work() - before), phone.work()

        phone.page.goto(f"{site}/1", wait_until="load")
        note("the writing page, with the sealing module")
        phone.page.locator("[name=story]").fill(WRITTEN)
        _go_on(phone)
        note("going on")
        _go_on(phone)
        picture = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": os.urandom(PICTURE_BYTES)}
        phone.page.locator("[name=file]").first.set_input_files([picture])
        note("adding a picture")
        _go_on(phone)
        phone.page.locator(".receipt").wait_for()
        note("sealing and sending")
    return found


def _go_on(phone: Phone) -> None:
    phone.page.locator("form[name=report] button.primary").click()
    phone.page.locator("html:not([data-seals=busy])").wait_for(state="attached")
