"""No log line of the officers' site tells of who asked, where from, or what was in the request."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
import structlog
from django.db import DataError, IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client

from himaya.web import errors
from himaya.web.staff import views
from tests.factories import offices, seats
from tests.factories.canary import look_for
from tests.factories.threats import threat
from tools import documents

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AGENT, ADDRESS, PATH = "canary-agent-84ce", "203.0.113.178", "canary-path-10b7"
WORDS = "canary-words-e2d5"
MARKED = [AGENT, ADDRESS, PATH, WORDS]
BUGS = (OperationalError(WORDS), DataError(WORDS), IntegrityError(WORDS), ValueError(WORDS))


@contextmanager
def a_log_that_helps_the_developer() -> Iterator[None]:
    """Refusals are logged with the request that they answer."""
    drawn = errors.refused

    def refused(request: HttpRequest, refusal: Exception) -> HttpResponse:
        agent, path = request.headers.get("User-Agent"), request.get_full_path()
        structlog.get_logger("himaya.web").info("refused", agent=agent, path=path)
        return drawn(request, refusal)

    with mock.patch.object(errors, "refused", refused):
        yield


@pytest.fixture
def marked(caplog: pytest.LogCaptureFixture) -> Client:
    """An officer's browser that is marked all over, while everything that can be logged is."""
    caplog.set_level(logging.DEBUG)
    browser = seats.browser(seats.officer("case_worker", offices.desk()))
    browser.raise_request_exception = False
    browser.defaults.update(
        HTTP_USER_AGENT=AGENT,
        REMOTE_ADDR=ADDRESS,
        HTTP_X_FORWARDED_FOR=ADDRESS,
        HTTP_REFERER=f"http://testserver/{PATH}",
    )
    return browser


def every_failure() -> list[Exception]:
    """One of each refusal that there is, with a fact, and some bugs."""
    return [*(kind(fact=WORDS) for kind in documents.refusals()), *BUGS]


def asks(browser: Client) -> None:
    """A page that works, some that are not there or not open, and nonsense."""
    for path in ("/", f"/{PATH}?{PATH}={WORDS}", "/reports/", f"/cases/?{PATH}={WORDS}"):
        browser.get(path)
    browser.post("/unlock", {"passphrase": WORDS, PATH: WORDS})
    browser.post("/login", {"login": WORDS, "password": WORDS})
    browser.generic("POST", "/unlock", f"--x\r\n{WORDS}", "multipart/form-data; boundary=")
    browser.get("/", headers={"host": f"{PATH}.example.org:99999"})


def fails(browser: Client, failure: Exception) -> int:
    with mock.patch.object(views, "day_of", side_effect=failure):
        return browser.get(f"/?{PATH}={WORDS}").status_code


def printed(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> bytes:
    """All that was said. Statements to the database are logged by no process; here they are
    caught as the driver hands them over, with their values, and left out."""
    records = [r.getMessage() for r in caplog.records if r.name != "django.db.backends"]
    return "\n".join(["".join(capfd.readouterr()), *records]).encode()


@threat("C8", off=a_log_that_helps_the_developer)
def test_no_log_tells_of_an_officers_request_whatever_becomes_of_it(marked, capfd, caplog):
    asks(marked)
    answers = {fails(marked, failure) for failure in every_failure()}

    assert {403, 404, 409, 422, 500, 503} <= answers
    assert look_for(MARKED, [("logs", printed(capfd, caplog))]).places == []


@pytest.mark.parametrize(
    "tell",
    [
        lambda: logging.getLogger("himaya").warning("from %s", ADDRESS),
        lambda: structlog.get_logger("himaya.web").error("bug", where=PATH),
    ],
)
def test_a_log_that_told_would_be_found(capfd, caplog, tell: Callable[[], None]):
    tell()

    assert look_for(MARKED, [("logs", printed(capfd, caplog))]).places == ["logs"]
