"""No process but the one that takes a report in has its words in its memory."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.factories.canary import look_for
from tests.factories.memory import below, core_of
from tests.journeys.people import Person
from tests.journeys.service import Service
from tests.journeys.test_one_report import STORY, report

MARK = STORY.split()[0]
WORKER = "himaya.installation.worker_process"  # granian calls threads of its own workers too


@pytest.mark.machine("gcore", "chromium")
def test_the_worker_and_the_database_have_no_word_in_their_memory(
    service: Service, browser: Browser, tmp_path
) -> None:
    reporter = Person(browser, service.public, "en", phone=True)
    report(reporter)
    backends = service.sql("SELECT string_agg(pid::text, ' ') FROM pg_stat_activity").split()
    processes = [
        *((f"database {process}", int(process)) for process in backends),
        *((name, number) for number, name in below(service.process.pid) if WORKER in name),
    ]
    assert any(WORKER in name for name, _number in processes)

    found = look_for([MARK], memories(processes, tmp_path))

    assert found.places == []
    assert found.looked_at > 10_000_000


def memories(processes, directory):
    """The memory of each that is still there: the backend that listed them has ended."""
    for name, number in processes:
        if Path(f"/proc/{number}").exists():
            yield name, core_of(number, directory)
