"""What the first visit costs a telephone, in each language: one window of a new line, no script."""

import gzip
import re
import zlib
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from himaya.config.languages import REPORTERS
from himaya.web.onesize import BEST, SIZE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ONE_WINDOW = 14_600
MOST_REQUESTS = 3
SERVERS_OWN = 80  # bytes of a head that the web server adds: status, date
SUBJECT = re.compile(
    r"traffick|report|abuse|victim|himaya|passport|إتجار|اتجار|بلاغ", re.IGNORECASE
)
CODES = [code for code, _name in REPORTERS]


@dataclass(frozen=True, slots=True, order=True)
class Visit:
    """bytes: heads and bodies as they come over the line. room: what the page has left."""

    bytes: int
    language: str
    requests: int
    room: int
    page: str


def first_visit(code: str) -> Visit:
    """The first page in a language, with everything that it asks for."""
    client = Client(headers={"accept-encoding": "gzip", "accept-language": code})
    response = client.get("/")
    page = gzip.decompress(response.content)
    asked = re.findall(rf'(?:href|src)="{settings.STATIC_URL}([^"]+)"', page.decode())
    head = sum(len(f"{name}: {said}\r\n") for name, said in response.headers.items())
    sizes = [len(gzip.compress(written(name), BEST)) for name in asked]
    heads = (1 + len(asked)) * (head + SERVERS_OWN)
    room = SIZE - len(zlib.compress(page.rstrip(b"\n"), BEST))
    total = len(response.content) + sum(sizes) + heads
    return Visit(total, code, 1 + len(asked), room, page.decode())


def written(name: str) -> bytes:
    """A static file as it is written."""
    with open(finders.find(name), "rb") as file:
        return file.read()


@pytest.fixture
def visits(reporters_site: None) -> list[Visit]:
    """A first visit in each language."""
    return [first_visit(code) for code in CODES]


def test_the_worst_of_twelve_languages_fits_into_one_window(visits):
    worst = max(visits)

    assert len(visits) == 12
    assert worst.bytes <= ONE_WINDOW, f"{worst.language}: {worst.bytes} bytes"


def test_the_language_with_the_least_room_still_has_some(visits):
    tightest = min(visits, key=lambda visit: visit.room)

    assert tightest.room >= 256, f"{tightest.language}: {tightest.room} bytes are left"


def test_no_language_asks_more_than_three_times_or_anybody_else(visits):
    for visit in visits:
        assert visit.requests <= MOST_REQUESTS, visit.language
        assert not re.search(r'(?:href|src|action)="(?:https?:)?//', visit.page), visit.language


def test_no_language_needs_a_script_to_go_on(visits):
    for visit in visits:
        forms = re.findall(r'<form[^>]* action="(/\w*)"[^>]*>', visit.page)
        assert {"/leave", "/0"} <= set(forms), visit.language
        assert not re.search(r"<noscript|javascript:|\son\w+=", visit.page), visit.language


def test_no_title_and_no_path_of_any_language_tells_the_subject(visits):
    for visit in visits:
        title = re.search(r"<title>([^<]+)</title>", visit.page)
        assert title, visit.language
        assert not SUBJECT.search(title[1]), visit.language
        addresses = re.findall(r'(?:href|action)="(/[^"]*)"', visit.page)
        assert all(
            re.fullmatch(r"/\d{0,2}|/leave|/s/web/public\.css", each) for each in addresses
        ), addresses
