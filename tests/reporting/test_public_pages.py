"""The reporters' pages as somebody else who picks up the phone would find them."""

import gzip
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from himaya.packs.loader import current
from tests.factories.visitor import Reading, Visitor

pytestmark = pytest.mark.django_db
PATHS = ["/", "/1", "/5", "/9"]
ONE_WINDOW = 14_600
SUBJECT = re.compile("traffick|report|abuse|victim|himaya|passport|اتجار|بلاغ", re.IGNORECASE)


def pages_of_a_whole_way(visitor: Visitor) -> list[Reading]:
    """Every page from the first to the receipt, and those of coming back."""
    pages = [visitor.get(path).page for path in PATHS]
    pages.append(visitor.begin().page)
    pages.append(visitor.press("report", story="Words.").page)
    pages.append(visitor.press("report").page)
    pages.append(visitor.press("report").page)
    number = visitor.receipt
    pages.append(visitor.get("/5").press("reply", number=number).page)
    pages.append(visitor.get("/5").press("reply", number="1" * 20).page)
    return pages


def test_no_title_and_no_address_tells_the_subject(visitor, intake):
    for page in pages_of_a_whole_way(visitor):
        assert page.title
        assert not SUBJECT.search(page.title)
        for form in page.forms.values():
            assert re.fullmatch(r"/\d{0,2}|/leave|", form.action)


@pytest.mark.parametrize("path", [*PATHS, "/2", "/4", "/nothing", "/leave"])
def test_nothing_is_remembered_by_the_browser(visitor, path):
    response = visitor.get(path).response

    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert "Set-Cookie" not in response.headers


def test_every_page_has_the_forms_that_scripts_and_tools_look_for(visitor, intake):
    for page in pages_of_a_whole_way(visitor):
        assert {"leave", "language"} <= page.forms.keys()
        assert page.forms["leave"].action == "/leave"


def test_the_first_button_of_every_form_goes_on(visitor, intake):
    for page in pages_of_a_whole_way(visitor):
        for name, form in page.forms.items():
            if name != "language":
                assert "formaction" not in form.buttons[0]


def test_leaving_goes_to_the_safe_site_by_a_form_and_not_by_a_link(visitor):
    left = visitor.get("/1").press("leave").response

    assert (left.status_code, left["Location"]) == (303, current().setting("safe_exit").in_force)
    assert visitor.get("/leave").response["Location"] == "/"


def test_the_limits_of_confidentiality_are_said_before_anybody_writes(visitor):
    page = visitor.begin().response.content.decode()

    assert current().law_note.en in page
    assert page.index(current().law_note.en) < page.index("<textarea")


def test_the_numbers_are_on_every_page(visitor, intake):
    hotline = next(line.address for line in current().channels if line.kind == "hotline")
    for page in pages_of_a_whole_way(visitor):
        assert hotline in page.text


def test_a_language_chosen_on_the_page_stays_without_a_trace_in_the_address(visitor, intake):
    visitor.get("/").press("language", language="ar")
    assert 'lang="ar" dir="rtl"' in visitor.response.content.decode()
    start = next(link for link in visitor.page.links if link.get("rel") == "start")
    assert re.fullmatch(r"/0\?c=[\w=-]+", start["href"])

    visitor.get(start["href"])
    for _step in range(4):
        assert 'lang="ar" dir="rtl"' in visitor.response.content.decode()
        visitor.press("report", story="كلمات")

    assert 'lang="ar" dir="rtl"' in visitor.response.content.decode()
    assert visitor.receipt


def test_without_a_choice_the_browser_says_the_language_and_no_link_carries_anything(
    reporters_site,
):
    visitor = Visitor("ar,en;q=0.5").get("/")

    assert 'lang="ar"' in visitor.response.content.decode()
    assert all("?" not in link["href"] for link in visitor.page.links)


def test_an_answer_given_is_kept_when_the_language_changes(visitor, intake):
    visitor.begin().press("report", story="canary words")

    visitor.press("language", language="ar").press("report").press("report", to="/1")

    assert visitor.page.forms["report"].fields["story"] == ["canary words"]


def test_nothing_is_offered_again_to_whoever_types_next(visitor):
    page = visitor.begin().response.content.decode()

    assert 'autocomplete="off"' in re.search("<textarea[^>]*>", page).group()


def test_the_first_visit_fits_into_one_window_and_three_requests(reporters_site):
    response = Client(headers={"accept-encoding": "gzip"}).get("/")
    assert response["Content-Encoding"] == "gzip"
    assert response.headers["Content-Length"] == str(len(response.content))
    page = gzip.decompress(response.content).decode()

    asked = re.findall(rf'(?:href|src)="{settings.STATIC_URL}([^"]+)"', page)
    sizes = [len(gzip.compress(open_static(name))) for name in asked]

    assert 1 + len(asked) <= 3
    assert len(response.content) + sum(sizes) <= ONE_WINDOW


def open_static(name: str) -> bytes:
    """A static file as it is written."""
    with open(finders.find(name), "rb") as file:
        return file.read()


def test_every_later_page_is_of_one_length(visitor, intake):
    lengths = set()
    client = Client(headers={"accept-encoding": "gzip"})
    for path in PATHS:
        lengths.add(len(client.get(path).content))

    assert lengths == {8192}


def test_no_page_asks_another_site_for_anything(visitor, intake):
    for path in PATHS:
        page = visitor.get(path).response.content.decode()
        assert not re.search(r'(?:href|src|action)="(?:https?:)?//', page)


def test_who_cannot_speak_writes_with_the_danger_already_said(visitor, intake):
    visitor.get("/9").press("report")

    assert visitor.page.forms["report"].fields["danger"] == ["now"]
