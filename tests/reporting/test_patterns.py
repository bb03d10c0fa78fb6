"""The reporters' pages as a person needs them: what each asks, offers, promises, and never does."""

import re

import pytest
from django import forms
from django.utils import translation

from himaya.config.languages import REPORTERS
from himaya.packs.languages import TO_CALL
from himaya.packs.loader import current
from himaya.reporting.public.forms import AnswerForm, BeforeForm, ReadersForm, RoleForm, StoryForm
from tests.factories.visitor import Visitor

pytestmark = pytest.mark.django_db
CODES = [code for code, _name in REPORTERS]
SUBJECT = re.compile("traffick|report|abuse|victim|himaya|passport|committee|government", re.I)
SAID_BEFORE = (
    "Press “Leave this page”, at the top or the bottom. Another page opens at once.",
    "This phone may remember that you were here. Leaving does not erase that. A private window"
    " helps.",
    "Whoever owns this phone or the network may see which site you visit. They cannot see what you"
    " write.",
    "If somebody forces you to show this, we cannot stop it. Leave at once, and come back when you"
    " are safe.",
    "Nothing is kept before you press Send.",
    "You are unknown to us now. You become known only if you write who you are. That cannot be"
    " taken back.",
)


def every_form() -> list[AnswerForm]:
    """The questions of all pages."""
    return [RoleForm(), BeforeForm(), StoryForm(), ReadersForm(pack=current())]


def test_no_question_asks_for_an_exact_age_date_or_place():
    exact = (forms.DateField, forms.IntegerField, forms.DecimalField, forms.TimeField)
    for form in every_form():
        for field in form.fields.values():
            assert not isinstance(field, exact)
            assert field.widget.attrs.get("type") is None


def test_every_question_may_be_left_and_no_list_offers_other():
    for form in every_form():
        for name, field in form.fields.items():
            assert not field.required, name
            codes = [code for code, _words in getattr(field, "choices", [])]
            assert "other" not in set(codes) - ({"other"} if name == "role" else set()), name
    assert {"unknown"} <= {code for code, _words in StoryForm().fields["danger"].choices}


@pytest.mark.parametrize("name", ["danger", "child", "persons"])
def test_a_list_of_facts_says_i_do_not_know(name):
    words = dict(StoryForm().fields[name].choices)

    assert str(words["unknown"]) == "I do not know"
    assert 2 <= len(words) <= 6


def test_who_is_with_you_is_asked_before_anything_is_written(visitor):
    page = visitor.get("/0")

    assert "company" in page.response.content.decode()
    assert "<textarea" not in page.response.content.decode()
    assert "We ask so that you stay safe." in page.page.text


def test_each_door_has_a_drawing_and_words(visitor):
    page = visitor.get("/").response.content.decode()

    doors = re.findall(r'class="door"[^>]*>(.*?)</(?:a|button)>', page, re.DOTALL)
    assert len(doors) == 5
    for door in doors:
        assert "<svg" in door
        assert re.search(r"<strong>[^<]+</strong>\s*<span>[^<]+</span>", door)


def test_the_way_out_is_the_first_thing_on_the_page_and_the_last(visitor):
    page = visitor.get("/0").response.content.decode()
    body = page.split("<body>")[1]

    assert re.match(r'\s*<form name="leave"', body)
    assert re.search(r'<button class="leave" form="leave">[^<]+</button>\s*</footer>', body)


def test_the_card_to_print_has_the_numbers_and_not_a_word_of_what_it_is_for(visitor):
    page = visitor.get("/11").response.content.decode()
    card = re.search(r'<div class="wallet">(.*?)</div>', page, re.DOTALL)[1]

    for channel in current().channels:
        if channel.first_page and channel.kind in TO_CALL and channel.address:
            assert channel.address in card
    assert not SUBJECT.search(re.sub("<[^>]+>", " ", card))
    assert "<img" not in card


@pytest.mark.slow
def test_one_line_says_whether_the_person_is_known_and_what_would_change_it(visitor, intake):
    visitor.begin()
    visitor.press("report", story="Words.")
    assert "A name or number that you write here makes you known" in visitor.page.text

    unknown = visitor.press("report").response.content.decode()
    visitor.press("report", to="/2").press("report", contact_how="12345678")
    known = visitor.response.content.decode()

    by_server = '<p class="notice good" data-by="server">'
    assert unknown.split(by_server)[1].startswith("You stay unknown, also to us")
    assert known.split(by_server)[1].startswith("You wrote how to reach you.")


@pytest.mark.slow
def test_questions_can_be_skipped_and_a_call_asked_for_instead(visitor, intake):
    visitor.begin()
    buttons = visitor.page.forms["report"].buttons
    assert {"skip", "call"} <= {each.get("name") for each in buttons}
    assert "/9" in {each.get("formaction") for each in buttons}

    visitor.press("report", call="1", story="Please call.")
    assert '<option value="call" selected>' in visitor.response.content.decode()
    visitor.press("report", skip="1")

    assert "Call me" in visitor.page.text
    assert "Please call." in visitor.page.text


@pytest.mark.slow
@pytest.mark.parametrize("code", CODES)
def test_what_nobody_can_promise_is_said_before_writing_in_each_language(reporters_site, code):
    page = Visitor(code).get("/0").page.text
    with translation.override(code):
        said = [translation.pgettext("safety", sentence) for sentence in SAID_BEFORE]

    for english, sentence in zip(SAID_BEFORE, said, strict=True):
        assert (sentence != english) is (code != "en")
        assert sentence in page
    assert current().law_note.in_language(code) in page


@pytest.mark.slow
@pytest.mark.parametrize("code", CODES)
def test_in_danger_there_are_the_numbers_and_a_way_without_a_sound(reporters_site, code):
    visitor = Visitor(code).get("/9")
    page = visitor.page

    for channel in current().channels:
        if channel.first_page and channel.kind in TO_CALL and channel.address:
            assert channel.label.in_language(code) in page.text
            assert {"tel:" + channel.address.replace(" ", "")} <= {
                link.get("href") for link in page.links
            }
    visitor.press("report")
    assert visitor.page.forms["report"].fields["danger"] == ["now"]
    assert f'lang="{code}"' in visitor.response.content.decode()
