"""Whoever picks up the phone after "Leave this page" finds no word: Back, Forward, tab, profile."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route
from playwright.sync_api import Error as BrowserFault

from tests.factories.canary import files_below, look_for
from tests.factories.threats import OFF, threat
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.journeys.people import Person
from tests.journeys.service import Service

STORY = "MARKED-LEFT the door is locked at night"
CONTACT = "MARKED-CONTACT ask for the tailor"
# Where the browser seals, words stay in its memory and in no form; so that is another test.
PLAIN = ["no script", "only the script that leaves"]
# Playwright switches it off; people's browsers have it.
MEMORY = "--disable-back-forward-cache"


@pytest.fixture(scope="module")
def remembering(browser: Browser) -> Iterator[Browser]:
    """A browser that keeps pages in memory for Back, where a page lets it."""
    chromium = browser.browser_type.launch(
        executable_path=CHROMIUM,
        chromium_sandbox=False,
        args=FLAGS,
        ignore_default_args=[MEMORY],
    )
    yield chromium
    chromium.close()


def the_plain_site(route: Route) -> None:
    """The site that the country sends people to; here nothing leaves this machine."""
    route.fulfill(body="<!doctype html><title>Weather</title><h1>Weather</h1>")


def prepared(context: BrowserContext, service: Service, scripts: str) -> None:
    """A way out that leads to a plain site, and a browser with these scripts."""
    context.route(lambda url: not url.startswith(service.public), the_plain_site)
    if scripts == "only the script that leaves":
        context.route("**/web/age*.js", lambda route: route.abort())


def somebody(browser: Browser, service: Service, scripts: str) -> Person:
    """A reporter with a telephone."""
    script = scripts != "no script"
    person = Person(browser, service.public, "en", phone=True, script=script)
    person.script = False  # these pages are judged in other journeys
    prepared(person.context, service, scripts)
    return person


def write(person: Person) -> None:
    """Four pages, up to the one that shows every answer, with one of them changed."""
    person.goto("/")
    person.click("form[name=role] button[value=self]")
    person.send("form[name=report]")
    person.fill(story=STORY)
    person.send("form[name=report]")
    person.fill(contact_how=CONTACT)
    person.send("form[name=report]")
    assert STORY in person.text()
    person.click("main button[name=change][value=story]:visible")
    person.send("form[name=report]")


def leave(person: Person, control: str) -> None:
    """Press the button; with the control off, go away as a link would."""
    away = person.page.locator("#leave").get_attribute("data-to") or ""
    assert away.startswith("https://")
    if control == OFF:
        person.page.goto(away)
    else:
        person.page.locator("footer button.leave").click()
    person.page.wait_for_url(f"{away}**")


def looked_at(page: Page, way: str) -> str:
    """One step back or forward; where the browser asks whether to send the form again, yes."""
    with suppress(BrowserFault):  # "confirm that this form is sent again" is an error page
        page.go_back() if way == "back" else page.go_forward()
    seen = content(page)
    with suppress(BrowserFault):
        page.reload()
    return seen + content(page)


def content(page: Page) -> str:
    """What the page holds, seen and unseen, and what stands in its fields."""
    with suppress(BrowserFault):
        page.wait_for_load_state()
        typed = page.locator("input, textarea").evaluate_all("all => all.map(one => one.value)")
        return page.content() + " ".join(typed)
    return ""


def everything_found(person: Person) -> str:
    """Back to the first page and beyond, Forward again, and every address in a tab of its own."""
    visited = [f"{person.site}/{path}" for path in ("", "0", "1", "2", "3", "4", "5", "9")]
    seen = [looked_at(person.page, way) for way in ["back"] * 6 + ["forward"] * 3]
    tab = person.context.new_page()
    for address in visited:
        tab.goto(address)
        seen.append(content(tab))
    return " ".join(seen)


@threat("A1")
@pytest.mark.parametrize("scripts", PLAIN)
def test_after_leaving_no_word_comes_back_by_back_forward_or_a_tab(
    service: Service, remembering: Browser, scripts: str, control: str
) -> None:
    person = somebody(remembering, service, scripts)
    write(person)

    leave(person, control)

    found = everything_found(person)
    person.context.close()
    assert "MARKED" not in found


@threat("A1")
def test_after_leaving_no_number_and_no_conversation_comes_back(
    service: Service, remembering: Browser, control: str
) -> None:
    person = somebody(remembering, service, "no script")
    write(person)
    person.send("form[name=report]")
    receipt = person.page.locator(".receipt").inner_text()
    person.click("form[name=look] button")
    person.fill(number=receipt)
    person.send("form[name=reply]")
    assert "There is no message" in person.text()

    leave(person, control)

    found = everything_found(person)
    person.context.close()
    assert receipt not in found
    assert "There is no message" not in found


def test_where_the_browser_seals_no_word_comes_back_either(
    service: Service, remembering: Browser
) -> None:
    person = somebody(remembering, service, "all scripts")
    write(person)

    leave(person, "control on")

    found = everything_found(person)
    person.context.close()
    assert "MARKED" not in found


@threat("A1")
def test_where_the_browser_seals_its_own_files_keep_no_word(
    service: Service, browser: Browser, tmp_path: Path, control: str
) -> None:
    # Without script the browser writes the forms that it sent into a file for its next start.
    script = control != OFF
    context = browser.browser_type.launch_persistent_context(
        tmp_path,
        executable_path=CHROMIUM,
        chromium_sandbox=False,
        args=FLAGS,
        java_script_enabled=script,
        locale="en",
    )
    prepared(context, service, "all scripts")
    person = Person.of(context, service.public, "en")
    person.script = False
    write(person)
    leave(person, "control on")
    context.close()

    found = look_for(["MARKED-LEFT", "MARKED-CONTACT"], files_below(tmp_path))

    assert found.looked_at > 100_000
    assert found.places == []


def test_the_way_out_is_the_first_stop_of_the_keyboard_and_three_times_shift(
    service: Service, browser: Browser
) -> None:
    person = somebody(browser, service, "all scripts")
    person.goto("/0")
    person.page.keyboard.press("Tab")
    assert person.page.evaluate("document.activeElement.closest('form').id") == "leave"

    for _press in range(3):
        person.page.keyboard.press("Shift")

    person.page.wait_for_url("https://**")
    assert "Weather" in person.page.title()
    person.context.close()
