"""A newcomer, from the proposal to the desk's key, and out again, in a real browser."""

from playwright.sync_api import Browser

from tests.journeys import newcomers
from tests.journeys.people import Officer, Person
from tests.journeys.service import Service

USERNAME = "new-colleague"


def test_a_newcomer_comes_in_by_two_bodies_is_admitted_and_is_locked_out_at_once(
    service: Service, browser: Browser
) -> None:
    personnel = Officer(browser, service, "en", "personnel_officer")
    other = Officer(browser, service, "ar", "personnel_officer@ndhr")
    colleague = Officer(browser, service, "en", "second_case_worker")
    newcomer = Person(browser, service.officers, "ar")

    asked = newcomers.asks(personnel, USERNAME, "case_worker", "pam_casework")
    newcomers.allows(other, USERNAME)
    token = newcomers.paper(personnel, asked)
    newcomers.comes_in(newcomer, token)
    assert newcomers.refused(Person(browser, service.officers, "en"), token)

    colleague.unlock()
    colleague.goto("/keys/")
    colleague.click("main form[action$=admit] button")
    newcomers.unlocks(newcomer)
    newcomer.goto("/cases/")
    assert newcomer.path() == "/cases/"

    personnel.goto("/officers/")
    personnel.click(f"main a:has-text('{USERNAME}')")
    personnel.page.locator("main details summary").first.click()
    personnel.choose(why="other_hands")
    personnel.click("main form[action$=suspend] button")
    newcomer.goto("/cases/")
    assert newcomer.path() == "/login?next=/cases/"
