"""One service and one browser for all journeys."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from himaya.installation import temporary
from tests.journeys.service import Service

CHROMIUM = os.environ.get("HIMAYA_CHROMIUM") or shutil.which("chromium")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a journey."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """Himaya, started once for all journeys, stopped cleanly at the end."""
    with temporary.place() as place:
        place.data.mkdir()
        started = Service.start(place.data)
        yield started
        assert started.stop() == 0


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as the system has it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=False, args=FLAGS
        )
        yield chromium
        chromium.close()
