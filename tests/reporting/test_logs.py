"""No log line tells of a reporter: not of a page that works, and not of one that fails."""

import logging
from unittest import mock

import pytest
import structlog
from django.db import OperationalError

from himaya.reporting.public import send as sending
from himaya.reporting.public import steps
from tests.factories.canary import look_for
from tests.factories.visitor import Visitor

pytestmark = pytest.mark.django_db
AGENT = "canary-agent-d2f9"
ADDRESS = "203.0.113.177"
WORDS = "canary-story-7f3a"
PATH = "canary-path-11c5"
MARKED = [AGENT, ADDRESS, WORDS, PATH]


@pytest.fixture
def marked(visitor: Visitor, intake, caplog) -> Visitor:
    """A visitor who is marked all over, while everything that can be logged is."""
    caplog.set_level(logging.DEBUG)
    visitor.client.defaults.update(
        HTTP_USER_AGENT=AGENT,
        REMOTE_ADDR=ADDRESS,
        HTTP_REFERER=f"http://localhost/{PATH}",
        HTTP_X_FORWARDED_FOR=ADDRESS,
        HTTP_COOKIE=f"session={PATH}",
    )
    return visitor


def works(visitor: Visitor) -> None:
    visitor.send(story=WORDS)


def is_not_stored(visitor: Visitor) -> None:
    with mock.patch.object(sending, "submit", side_effect=OperationalError(WORDS)):
        visitor.send(story=WORDS)


def breaks(visitor: Visitor) -> None:
    with mock.patch.object(sending, "submit", side_effect=RuntimeError(WORDS)):
        visitor.send(story=WORDS)


def breaks_while_a_page_is_made(visitor: Visitor) -> None:
    with mock.patch.object(steps, "render", side_effect=ValueError(WORDS)):
        visitor.post("/2", {"story": WORDS})


def is_not_there(visitor: Visitor) -> None:
    visitor.get(f"/{PATH}?{PATH}={WORDS}")


def is_nonsense(visitor: Visitor) -> None:
    visitor.raw("/2", f"--x\r\n{WORDS}".encode(), "multipart/form-data; boundary=")
    visitor.raw("/2", f"story={WORDS}%ff".encode(), "application/x-www-form-urlencoded")
    visitor.client.get("/", headers={"host": f"{PATH}.example.org:99999"})


@pytest.mark.parametrize(
    "happens",
    [
        works,
        is_not_stored,
        breaks,
        breaks_while_a_page_is_made,
        is_not_there,
        is_nonsense,
    ],
)
def test_no_log_tells_of_the_reporter(marked, capfd, caplog, happens):
    happens(marked)

    printed = "".join(capfd.readouterr()) + caplog.text
    # The driver's own debug lines are never on; a log of queries would show sealed rows only.
    assert look_for(MARKED, [("logs", printed.encode())]).places == []


@pytest.mark.parametrize(
    "tell",
    [
        lambda: logging.getLogger("himaya").warning("a report from %s", ADDRESS),
        lambda: structlog.get_logger("himaya.web").error("bug", where=ADDRESS),
    ],
)
def test_a_log_that_told_would_be_found(marked, capfd, caplog, tell):
    tell()

    printed = "".join(capfd.readouterr()) + caplog.text
    assert look_for(MARKED, [("logs", printed.encode())]).places == ["logs"]
