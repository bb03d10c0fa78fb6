"""A photograph, a paper and a voice instead of words: sealed by the browser or on arrival, seen by
the desk as pictures without the place where they were taken, and taken out as they came."""

import io
from base64 import b64decode
from hashlib import sha256

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.journeys.people import Officer, Person
from tests.journeys.service import Service
from tests.viewing import corpus

FILES = {
    "photo.jpg": ("image/jpeg", corpus.photograph()),
    "screen.png": ("image/png", corpus.screen()),
    "contract.pdf": ("application/pdf", corpus.contract()),
    "voice.ogg": ("audio/ogg", b"OggS" + bytes(200)),
}
PICTURE = "form[action$='/picture'] button"
COPY = "form:not([action$='/picture'])[action*='/files/'] button"
LOCKED_HERE = {"en": "This browser locks your words", "ar": "يقفل هذا المتصفح كلماتك"}
LOCKED_THERE = {"en": "we lock them when they arrive", "ar": "ونقفلها حين تصل"}


def send_files(person: Person) -> None:
    """A report of nothing but files."""
    person.goto("/1")
    if person.script:
        person.page.locator("html[data-seals=ready]").wait_for(state="attached")
    says_who_locks(person)
    for _step in range(2):
        person.send("form[name=report]")
    says_who_locks(person)
    chosen = [
        {"name": name, "mimeType": kind, "buffer": content}
        for name, (kind, content) in FILES.items()
    ]
    person.page.locator("[name=file]").last.set_input_files(chosen)
    person.send("form[name=report]")
    assert person.page.locator(".receipt").count() == 1


def says_who_locks(person: Person) -> None:
    """The page says which of the two it is, and not the other."""
    said = person.text()
    here, there = LOCKED_HERE[person.language], LOCKED_THERE[person.language]
    assert (here in said) is person.script
    assert (there in said) is not person.script


def open_report(intake: Officer, report_id: str) -> None:
    """A report, opened by the desk."""
    intake.goto(f"/reports/{report_id}/")
    intake.click("form[action$='/words'] button")


@pytest.mark.parametrize(("language", "script"), [("en", True), ("ar", True), ("en", False)])
def test_files_instead_of_words_reach_the_desk_as_pictures(
    service: Service, browser: Browser, language: str, script: bool
):
    reporter = Person(browser, service.public, language, phone=True, script=script)
    send_files(reporter)
    reporter.context.close()
    intake = Officer(browser, service, language, "intake_officer")
    intake.unlock()
    newest = service.sql("SELECT id FROM reporting_report ORDER BY received_at DESC LIMIT 1")

    open_report(intake, newest)
    assert intake.page.locator(PICTURE).count() == len(FILES)
    for place, (name, (_kind, content)) in enumerate(FILES.items()):
        assert name in intake.text()
        with intake.page.expect_download() as taking:
            intake.page.locator(COPY).nth(place).click()
        assert taking.value.path().read_bytes() == content
        intake.page.locator(PICTURE).nth(place).click()
        intake.page.wait_for_load_state()
        intake.look()
        assert sha256(content).hexdigest() in intake.text()
        look_at_pictures(intake, name)
        open_report(intake, newest)
    intake.context.close()


def look_at_pictures(intake: Officer, name: str) -> None:
    """Each picture is there once it is asked for, and carries nothing beside it."""
    pictures = intake.page.locator("img.viewing")
    assert pictures.count() == {"voice.ogg": 0, "contract.pdf": 2}.get(name, 1)
    for number, picture in enumerate(pictures.all()):
        assert not picture.is_visible()
        intake.page.locator("details.card summary").nth(number).click()
        assert picture.is_visible()
        assert picture.evaluate("seen => seen.decode().then(() => seen.naturalWidth)") > 0
        content = b64decode((picture.get_attribute("src") or "").split(",", 1)[1])
        with Image.open(io.BytesIO(content)) as image:
            assert not image.getexif()
        assert corpus.WHERE.encode() not in content
