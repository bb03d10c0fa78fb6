"""The reporters' site in its languages: which one, whole, in its direction, and told apart."""

import gzip
from contextlib import contextmanager
from gettext import c2py
from unittest import mock

import pytest
from babel import Locale
from django.test import Client
from django.utils import translation

from himaya.config.env import ROOT
from himaya.config.languages import PLURALS, REPORTERS
from himaya.installation.catalogues import catalogues, read
from himaya.kernel.tongues import standing_in
from himaya.packs.languages import asked_for, spoken
from himaya.packs.loader import current
from himaya.reporting.receipts import digits_in
from himaya.web.onesize import SIZE
from himaya.web.othertongues import drawn
from tests.factories.threats import threat
from tests.factories.visitor import Visitor

CODES = [code for code, _name in REPORTERS]
RIGHT_TO_LEFT = {"ar", "ur"}
PAGES = ("/", "/0", "/1", "/5", "/9", "/11", "/nothing")


def test_all_twelve_are_spoken_here_in_the_countrys_order():
    assert sorted(spoken(current())) == sorted(CODES)
    assert spoken(current())[0] == "ar"


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        ("si-LK,si;q=0.9,en;q=0.5", "si"),
        ("tl-PH", "fil"),
        ("fil", "fil"),
        ("in-ID,in;q=0.9", "id"),
        ("xx,am;q=0.4", "am"),
        ("te,ml;q=0.8", "ml"),
        ("nonsense;;q=x", "en"),
        ("", "en"),
    ],
)
def test_the_browser_says_which_one_also_by_an_old_name(accepted, code):
    assert asked_for(accepted, current()) == code


@pytest.mark.django_db
@pytest.mark.parametrize("code", CODES)
def test_every_page_says_its_language_and_direction(reporters_site, code):
    visitor = Visitor(code).get("/0")

    way = "rtl" if code in RIGHT_TO_LEFT else "ltr"
    page = visitor.response.content.decode()
    assert f'<html lang="{code}" dir="{way}">' in page
    assert 'class="other"' not in page
    assert ("unsigned" in page) is (code != "en")


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("code", CODES)
def test_every_page_of_every_language_has_the_one_size(reporters_site, code):
    client = Client(headers={"accept-encoding": "gzip", "accept-language": code})

    for path in PAGES:
        response = client.get(path)
        page = gzip.decompress(response.content).decode()
        assert len(response.content) == SIZE, path
        assert 'class="other"' not in page, path
        assert "\ue000" not in page


FULL_C13 = (
    "A phone can have a hidden program that reads along. We cannot see it or stop it. "
    "Then use another phone, call us, or go to a place of help."
)


@contextmanager
def nothing_translated():
    with mock.patch("himaya.reporting.public.arrival.translation.override"):
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("code", [code for code in CODES if code != "en"])
@threat("C13", off=nothing_translated)
def test_what_no_program_can_mend_is_said_in_each_language_before_anybody_writes(
    reporters_site, code
):
    with translation.override(code):
        said = translation.pgettext("safety", FULL_C13)

    visitor = Visitor(code).get("/0")

    assert "<textarea" not in visitor.response.content.decode()
    assert said != FULL_C13
    assert said in visitor.page.text


@pytest.mark.parametrize("code", sorted(PLURALS))
def test_the_plural_rule_is_the_one_of_cldr(code):
    rule = Locale.parse(code).plural_form
    ours = c2py(PLURALS[code].partition("plural=")[2].rstrip(";"))

    groups: dict[str, set[int]] = {}
    for number in range(200):
        groups.setdefault(rule(number), set()).add(ours(number))
    if code != "ar":  # Arabic catalogues number "other" after "many"; both keep one form each
        assert all(len(forms) == 1 for forms in groups.values())
    assert len(set().union(*groups.values())) == int(PLURALS[code][9])


@pytest.mark.parametrize("digits", ["०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "௦௧௨௩௪௫௬௭௮௯", "൦൧൨൩൪൫൬൭൮൯"])
def test_the_number_may_be_typed_in_the_numerals_of_every_script(digits):
    assert digits_in(digits) == "0123456789"


def test_no_catalogue_is_empty_and_each_asks_for_native_review():
    found = {path.parts[-3]: path for path in catalogues(ROOT / "src" / "himaya" / "locale")}

    assert sorted(found) == sorted(set(CODES) - {"en"})
    for path in found.values():
        assert len(read(path)) > 100
        assert "X-Review: needs native review" in path.read_text(encoding="utf-8")


def test_a_sentence_that_stands_in_is_drawn_as_words_of_another_language():
    words = standing_in("Go on", "en")
    html = f'<title>{words}</title><a title="{words}">{words}</a><textarea>{words}</textarea>'

    assert drawn(html) == (
        '<title>Go on</title><a title="Go on">'
        '<span class="other" lang="en" dir="ltr">Go on</span></a><textarea>Go on</textarea>'
    )


@pytest.mark.django_db
def test_words_that_the_pack_lacks_stand_in_with_a_mark(visitor, intake):
    lacking = mock.patch("himaya.packs.entries.Label._words", lambda self: {"en": self.en})
    with lacking:
        page = Visitor("hi").get("/0").response.content.decode()

    assert f'<span class="other" lang="en" dir="ltr">{current().law_note.en}</span>' in page


@pytest.mark.django_db
def test_a_forged_answer_is_refused_in_the_reporters_language(visitor, intake):
    visitor = Visitor("ta").get("/1").press("report", danger="perhaps")

    assert visitor.response.status_code == 422
    assert "இந்தப் பக்கத்தில் உள்ள பதில்களில் ஒன்றைத் தேர்ந்தெடுங்கள்" in visitor.page.text
