"""At the counter: the form on paper in the person's language, what they say entered at once with a
photograph of a paper, and the number that is handed over once."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.people import Officer, Person
from tests.journeys.service import Service
from tests.journeys.test_one_report import digits_of
from tests.viewing import corpus

STORY = "MARKED-COUNTER she came with her passport in a shoe"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_said_at_the_counter_is_entered_once_and_answered_by_number(
    service: Service, browser: Browser, language: str
) -> None:
    intake = Officer(browser, service, language, "intake_officer")
    intake.unlock()
    intake.goto("/walk-in/")
    printed(intake, language)

    intake.page.locator("main select[name=language]").select_option(language)
    intake.choose(danger="not_now", child="no", involved="nobody")
    intake.fill(story=f"{STORY} {language}")
    papers = [{"name": "page.jpg", "mimeType": "image/jpeg", "buffer": corpus.photograph()}]
    intake.page.locator("main input[name=papers]").set_input_files(papers)
    intake.send()
    receipt = digits_of(intake.page.locator("main .receipt").inner_text())

    person = Person(browser, service.public, language, phone=True)
    person.goto("/5")
    person.fill(number=receipt)
    person.send("form[name=reply]")
    assert person.page.locator("form[action='/8']").count() == 1
    intake.page.goto(f"{intake.site}/walk-in/")
    assert receipt[:4] not in intake.text()


def printed(intake: Officer, language: str) -> None:
    """The two pages, taken with a press."""
    with intake.page.expect_download() as waiting:
        intake.page.locator(f"main a[href$='form-{language}.pdf']").click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")
