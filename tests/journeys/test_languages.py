"""The reporters' site in each language, in a real browser: it fits, tells nobody, and forgets."""

import pytest
from playwright.sync_api import Browser, BrowserContext

from himaya.config.languages import REPORTERS
from tests.factories.threats import threat
from tests.journeys.people import AXE, JUDGE, RULES, Person
from tests.journeys.service import Service

CODES = [code for code, _name in REPORTERS]
NARROW = {"width": 320, "height": 640}
SAID = "MARKED-LANGUAGE the door is locked"
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
REMEMBERED = """async () => [
  document.cookie, localStorage.length, sessionStorage.length,
  (await indexedDB.databases()).length, (await navigator.serviceWorker.getRegistrations()).length,
  (await caches.keys()).length,
]"""
NOTHING = ["", 0, 0, 0, 0, 0]


def whole_way(person: Person) -> None:
    """Every page from the first to the receipt, each looked at on a narrow screen."""
    person.page.set_viewport_size(NARROW)
    person.goto("/")
    person.click("form[name=role] button[value=other]")
    person.send("form[name=report]")
    person.fill(story=SAID)
    for _step in range(6):
        assert not person.page.evaluate(WIDER), f"{person.language}: {person.path()}"
        if not person.page.locator("form[name=report]").count():
            return
        person.send("form[name=report]")


@pytest.mark.parametrize("code", CODES)
def test_every_page_fits_a_narrow_screen_in_its_direction(
    service: Service, browser: Browser, code: str
) -> None:
    person = Person(browser, service.public, code, phone=True, script=False)
    person.page.set_viewport_size(NARROW)
    for path in ("/", "/0", "/1", "/5", "/9", "/11", "/nothing"):
        person.page.goto(f"{service.public}{path}")
        html = person.page.locator("html")
        assert html.get_attribute("lang") == code
        assert html.get_attribute("dir") == ("rtl" if code in {"ar", "ur"} else "ltr")
        box = person.page.locator("body").bounding_box()
        assert box is not None
        assert box["width"] <= NARROW["width"]
        for part in person.page.locator("main :is(h1, p, button, label)").all():
            edge = part.bounding_box()
            assert edge is None or edge["x"] >= 0, f"{code} {path}"
            assert edge is None or edge["x"] + edge["width"] <= NARROW["width"] + 1, path
    person.context.close()


@pytest.mark.parametrize("code", ["ar", "en", "ta"])
def test_a_whole_report_passes_axe_and_never_scrolls_sideways(
    service: Service, browser: Browser, code: str
) -> None:
    person = Person(browser, service.public, code, phone=True)

    whole_way(person)

    faults = person.page.evaluate(f"{AXE};({JUDGE})({RULES})")
    assert faults == []
    assert person.page.locator(".receipt").count() == 1
    person.context.close()


@threat("A5")
def test_afterwards_the_browser_remembers_nothing(
    service: Service, browser: Browser, control: str
) -> None:
    person = Person(browser, service.public, "en", phone=True)
    if control == "control off":
        person.page.add_init_script("localStorage.setItem('draft', 'words')")

    whole_way(person)

    assert person.page.evaluate(REMEMBERED) == NOTHING
    assert cookies(person.context) == []
    fields = person.page.locator("textarea, input:not([type=hidden])")
    assert all(
        field.get_attribute("autocomplete") == "off" or field.get_attribute("type") == "file"
        for field in fields.all()
    )
    person.context.close()


def cookies(context: BrowserContext) -> list[str]:
    """The names of all cookies that the browser keeps."""
    return [str(each["name"]) for each in context.cookies()]
