"""Leaving: what was sent before opens nothing when a browser goes back and sends it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone

from himaya.config.env import environment
from himaya.packs.loader import current
from himaya.reporting.public import left
from himaya.reporting.public.carry import Carried, pack
from tests.factories.threats import threat
from tests.factories.visitor import Visitor

pytestmark = pytest.mark.django_db
STORY = "canary the door is locked at night"


@contextmanager
def leaving_ends_nothing() -> Iterator[None]:
    """The button leads away, and the site forgets at once who pressed it."""
    with mock.patch.object(left, "has_ended", return_value=False):
        yield


class Browser(Visitor):
    """A visitor whose browser keeps every form that it sent, as one without script does."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, dict[str, object]]] = []

    def post(self, path: str, fields: dict[str, object], **extra: object) -> Visitor:
        """Send a form, and keep it."""
        self.sent.append((path, fields))
        return super().post(path, fields, **extra)

    def press_leave(self) -> None:
        """The button at the top and at the bottom of every page, as a browser sends it."""
        visit = self.page.forms["leave"].fields["visit"][0]
        self.raw("/leave", f"visit={visit}".encode(), "application/x-www-form-urlencoded")

    def everything_again(self) -> str:
        """What all pages say when each form is sent once more."""
        sent, self.sent = self.sent, []
        pages = [self.post(path, fields).response for path, fields in sent]
        return " ".join(page.content.decode() for page in pages)


@pytest.fixture
def browser(reporters_site: None) -> Browser:
    """A browser without script."""
    return Browser()


def safe_exit() -> object:
    return current().setting("safe_exit").in_force


@pytest.mark.slow
@threat("A1", off=leaving_ends_nothing)
def test_after_leaving_no_form_of_the_visit_shows_a_word_again(browser, intake):
    browser.begin().press("report", story=STORY).press("report", contact_how="canary number")
    browser.press("back", change="story")
    browser.press_leave()

    assert browser.response["Location"] == safe_exit()
    assert "canary" not in browser.everything_again()


@pytest.mark.slow
@threat("A1", off=leaving_ends_nothing)
def test_after_leaving_neither_receipt_nor_conversation_opens_by_going_back(browser, intake):
    browser.send(story=STORY)
    number = browser.receipt
    browser.press("look", again="1").press("reply", number=number)
    assert "There is no message" in browser.page.text
    browser.press_leave()

    again = browser.everything_again()

    assert number not in again
    assert "There is no message" not in again


@pytest.mark.slow
@threat("A1", off=leaving_ends_nothing)
def test_words_in_a_form_that_is_too_old_to_be_opened_stay_away_too(browser):
    days_ago = (timezone.now() - timedelta(days=5)).date()
    browser.post("/2", {"carried": pack(Carried(), days_ago), "story": STORY})
    assert "canary" in browser.press("report").page.text
    browser.press_leave()

    assert "canary" not in browser.everything_again()


@pytest.mark.slow
def test_whoever_comes_back_begins_anew_in_their_language(browser, intake):
    browser.get("/").press("language", language="ar")
    start = next(link["href"] for link in browser.page.links if link.get("rel") == "start")
    browser.get(start).press("report", story=STORY)
    browser.press_leave()

    browser.get(start)
    assert browser.response.status_code == 200
    assert 'lang="ar"' in browser.response.content.decode()
    browser.press("report").press("report", story="Other words.")

    assert "Other words." in browser.press("report").page.text


@pytest.mark.slow
def test_all_pages_of_a_way_belong_to_one_visit(browser, intake):
    visits = set()

    def at(page: Visitor) -> Visitor:
        visits.add(page.page.forms["leave"].fields["visit"][0])
        return page

    at(browser.get("/"))
    browser.post("/0", browser.page.forms["role"].fields | {"role": "self"})
    for _step in range(4):
        at(browser.press("report", story="Words."))
    at(browser.press("look", again="1"))
    at(browser.press("reply", number="1" * 20))
    at(browser.press("back"))
    at(browser.press("language", language="ar"))

    assert len(visits) == 1


@pytest.mark.slow
def test_a_visit_that_nobody_left_goes_on_beside_one_that_was(browser, reporters_site):
    other = Visitor().begin()
    browser.begin().press_leave()

    other.press("report", story="Words.")

    assert other.response.status_code == 200
    assert "Words." in other.press("report").page.text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"visit=", "application/x-www-form-urlencoded"),
        (b"visit=%ff%00" + b"x" * 9_000_000, "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"visit=1", "application/x-www-form-urlencoded; charset=utf-16"),
    ],
)
def test_nothing_keeps_anybody_here(browser, body, kind):
    browser.raw("/leave", body, kind)

    assert (browser.response.status_code, browser.response["Location"]) == (303, safe_exit())


def test_a_disk_that_takes_nothing_keeps_nobody_here(browser):
    browser.get("/1")
    with mock.patch("himaya.reporting.public.left.os.open", side_effect=OSError(28, "full")):
        browser.press_leave()

    assert browser.response.status_code == 303


def test_what_the_site_remembers_of_a_visit_is_small_and_tells_nothing(browser):
    browser.get("/1")
    visit = browser.page.forms["leave"].fields["visit"][0]
    browser.press_leave()
    file = environment().data / left.FILE

    assert left.has_ended(visit)
    assert visit.encode() not in file.read_bytes()
    assert bytes.fromhex(visit) not in file.read_bytes()
    assert file.stat().st_size <= left.MARKS * left.MARK_BYTES
    assert file.stat().st_mode & 0o077 == 0


def test_the_script_says_that_the_visit_ended_when_it_is_away_already(browser):
    browser.get("/1")
    visit = browser.page.forms["leave"].fields["visit"][0]
    browser.raw("/leave", f"visit={visit}&script=1".encode(), "application/x-www-form-urlencoded")

    assert browser.response.status_code == 204
    assert left.has_ended(visit)
