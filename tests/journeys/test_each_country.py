"""A demonstration begins in every country that is delivered, as a stranger would start it."""

import pytest
from playwright.sync_api import Browser

from himaya.config.env import ROOT
from himaya.packs.loader import load
from tests.factories.countries import PACKS
from tests.journeys.people import Officer, Person
from tests.journeys.service import Service

pytestmark = [pytest.mark.slow, pytest.mark.journey]
# The usual one is started by the other journeys.
OTHERS = [folder for folder in PACKS if folder != ROOT / "packs" / "kw"]


@pytest.fixture(params=OTHERS, ids=lambda folder: folder.name)
def started(request, tmp_path, monkeypatch):
    """Everything running in a country, with its pack."""
    monkeypatch.setenv("HIMAYA_PACK", str(request.param))
    service = Service.start(tmp_path)
    try:
        yield service, load(request.param)
    finally:
        assert service.stop() == 0


def test_a_stranger_finds_its_numbers_and_an_officer_comes_in(started, browser: Browser):
    service, pack = started
    reporter = Person(browser, service.public, "ar", phone=True)
    reporter.goto("/")
    for line in pack.channels:
        if line.first_page and line.address:
            assert line.address in reporter.text()
            dialled = line.address.replace(" ", "")
            assert reporter.page.locator(f"main a[href='tel:{dialled}']").count() == 1

    officer = Officer(browser, service, "en", "case_worker")
    officer.unlock()

    assert officer.path() == "/"
    assert pack.name.en in officer.page.locator("body").inner_text()
