"""A desk under a flood: what is alike stands behind, is joined and parted; a reporter is answered
in their language; two officers close; whoever is named hands a report on."""

import re
import time

import pytest
from playwright.sync_api import Browser

from tests.factories.live import LiveVisitor
from tests.journeys.people import Officer
from tests.journeys.service import Service

COPIED = (
    "He promised everybody in the hall good work abroad and a visa, and then nothing came of it."
)
ALIKE = 14  # more than ten that nobody has rated: the next ones stand behind
REAL = "She is locked in a kitchen since yesterday and bleeds."
NAMED = "The head of the desk that reads this sells permits."
PATIENCE = 60  # seconds until the worker has compared what is new
IN_DANGER = "in danger now"


def flood(service: Service) -> None:
    """Many copies, and in the midst of them one real report, in Hindi."""
    for number in range(ALIKE):
        LiveVisitor(service.public).send(story=f"{COPIED} {number}", danger="not_now")
    LiveVisitor(service.public, "hi").send(story=REAL, danger="now")


def wait_for_the_worker(intake: Officer) -> None:
    """Until some of the copies stand behind."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        intake.page.goto(f"{intake.site}/reports/")
        if intake.page.locator("main p.notice.info").count():
            return
        time.sleep(1)
    raise AssertionError(intake.text())


def test_a_desk_works_through_a_flood_and_leaves_nothing_behind(
    service: Service, browser: Browser
) -> None:
    intake = Officer(browser, service, "en", "intake_officer")
    intake.unlock()
    before = listed(intake)
    flood(service)
    colleague = Officer(browser, service, "en", "second_intake_officer")
    colleague.unlock()
    wait_for_the_worker(intake)
    intake.look()

    danger = order_with_its_reason(intake, before)
    lead = joined_and_parted(intake)
    answered(intake, danger)
    for path, reason in ((lead, "made_up"), (danger, "other_matter")):
        closed_by_two(intake, colleague, path, reason)
    intake.goto("/reports/")
    assert not intake.page.locator(f"main a[href='{lead}'], main a[href='{danger}']").count()


def order_with_its_reason(intake: Officer, before: set[str]) -> str:
    """Of what came, danger stands first and says so; the last is like others, and says that."""
    rows = intake.page.locator("main ol.tasks > li").all()
    said = {row.locator("a.row-link").get_attribute("href") or "": row.inner_text() for row in rows}
    came = [path for path in said if path not in before]
    assert IN_DANGER in said[came[0]]
    assert all(IN_DANGER not in said[path] for path in came[1:])
    assert "Its words are like those of reports" in said[came[-1]]
    return came[0]


def joined_and_parted(intake: Officer) -> str:
    """One copy leads and the others leave the list with it; one is parted, and joined again."""
    before = waiting(intake)
    copies = intake.page.locator("main ol.tasks > li", has_text="Its words are like")
    lead = copies.first.locator("a.row-link").get_attribute("href") or ""
    join_alike(intake, lead)
    assert waiting(intake) == before - (ALIKE - 1)
    intake.goto(f"{lead}together")
    other = intake.page.locator("main ul a[href^='/reports/']").first.get_attribute("href")
    intake.goto(f"{other}together")
    intake.choose(why="mistake")
    intake.click("form[action$='/together/part'] button")
    intake.goto("/reports/")
    assert waiting(intake) == before - (ALIKE - 2)
    join_alike(intake, lead)
    assert waiting(intake) == before - (ALIKE - 1)
    return lead


def join_alike(intake: Officer, lead: str) -> None:
    """Join whatever waits and has words like this one's; then look at the list."""
    intake.goto(f"{lead}together")
    intake.click("form[action$='/together/alike'] button")
    intake.goto("/reports/")


def waiting(intake: Officer) -> int:
    """How many reports the list says are not rated."""
    return int(re.search(r"(\d+) reports? (?:is|are) not rated", intake.text())[1])


def answered(intake: Officer, danger: str) -> None:
    """The desk opens the report, rates it, and sends an answer that is ready in Hindi."""
    intake.goto(danger)
    intake.click("main form[action$='/words'] button")
    assert REAL in intake.text()
    intake.goto(danger)
    intake.choose(seriousness="emergency")
    intake.send("form[action$='/rating']")
    intake.page.locator("details:has(form[action$='/reply']) summary").click()
    ready = intake.page.locator("form[action$='/reply'] p.said[lang=hi]").first
    assert re.search(r"[\u0900-\u097f]{3}", ready.inner_text())
    intake.click("form[action$='/reply'] button")
    assert "Answers sent" in intake.text()


def closed_by_two(intake: Officer, colleague: Officer, path: str, reason: str) -> None:
    """One asks, and cannot agree with themselves; a colleague reads it and closes it."""
    intake.goto(f"{path}closing")
    intake.choose(reason=reason)
    intake.send("form[action$='/closing/ask']")
    assert not intake.page.locator("form[action$='/closing/agree']").count()
    colleague.goto(f"{path}closing")
    colleague.click("form[action$='/closing/agree'] button")
    assert "Closed" in colleague.text()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_whoever_is_named_hands_a_report_on_and_sees_it_no_more(
    service: Service, browser: Browser, language: str
) -> None:
    intake = Officer(browser, service, language, "intake_officer")
    intake.unlock()
    before = listed(intake)
    LiveVisitor(service.public, language).send(story=f"{NAMED} {language}", danger="now")
    (path,) = listed(intake) - before

    intake.goto(path)
    intake.click("main a[href$='/handing-on']")
    intake.choose(reason="own")
    intake.send("form[action$='/handing-on/now']")

    assert intake.path() == "/reports/"
    assert path not in listed(intake)
    answer = intake.page.goto(f"{intake.site}{path}")
    assert answer is not None
    assert answer.status == 404


def listed(intake: Officer) -> set[str]:
    """The reports on the desk's list."""
    intake.goto("/reports/")
    links = intake.page.locator("main ol.tasks a.row-link")
    return {link.get_attribute("href") or "" for link in links.all()}
