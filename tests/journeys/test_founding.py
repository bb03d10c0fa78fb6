"""A real installation, from nobody to an officer who can open what their desk receives."""

import subprocess
import sys

from playwright.sync_api import Browser

from himaya.installation import temporary
from tests.journeys import newcomers
from tests.journeys.people import Person

FOUNDERS = ("pam:first-of-pam", "ndhr:first-of-ndhr")


def run(running: temporary.Running, *words: str, fails: bool = False) -> str:
    """What a `himaya` command says."""
    command = [sys.executable, "-m", "himaya", *words, f"--data={running.place.data}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode != 0) is fails, done.stderr
    return done.stderr if fails else done.stdout


def test_two_bodies_found_an_installation_and_everything_goes_through_pages(
    browser: Browser,
) -> None:
    with temporary.installation("--no-demo") as running:
        site = running.addresses.officers
        tokens = newcomers.TOKEN.findall(run(running, "officers", "found", *FOUNDERS))
        one, other = (Person(browser, site, language) for language in ("en", "ar"))
        for founder, token in zip((one, other), tokens, strict=True):
            newcomers.comes_in(founder, token)
        assert "founded_already" in run(running, "officers", "found", *FOUNDERS, fails=True)

        asked = newcomers.asks(one, "first-worker", "case_worker", "pam_casework")
        newcomers.allows(other, "first-worker")
        worker = Person(browser, site, "en")
        newcomers.comes_in(worker, newcomers.paper(one, asked))
        run(running, "keys", "rotate", "pam_casework")
        newcomers.unlocks(worker)
        worker.goto("/keys/")

        assert "Admitted" in worker.text()
