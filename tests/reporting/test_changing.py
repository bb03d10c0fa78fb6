"""Changing one answer on the page before Send, and coming back to it with all others."""

import pytest

from himaya.packs.loader import current
from himaya.reporting.public.answers import NAMES, Answers
from himaya.reporting.public.presenters import answered
from tests.factories.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
GIVEN: dict[str, object] = {
    "story": "canary story",
    "danger": "not_now",
    "child": "yes",
    "persons": "2-5",
    "involved": "agency",
    "agencies": ["moi_atip"],
    "contact_channel": "call",
    "contact_how": "canary number",
    "contact_hours": "06-12",
    "contact_when": "canary days",
    "contact_answer": "only_me",
    "contact_say": "canary shop",
}
OTHERWISE: dict[str, object] = {
    "role": "witness",
    "story": "other words",
    "danger": "now",
    "child": "no",
    "persons": "1",
    "involved": "any_official",
    "agencies": ["pp"],
    "contact_channel": "text",
    "contact_how": "other number",
    "contact_hours": "22-06",
    "contact_when": "other days",
    "contact_answer": "others",
    "contact_say": "other shop",
}


def at_the_check(visitor: Visitor) -> Visitor:
    """Everything answered, and the page before Send."""
    visitor.get("/").post("/0", {**visitor.page.forms["role"].fields, "role": "self"})
    asked = ("story", "danger", "child", "persons")
    visitor.press("report").press("report", **{name: GIVEN[name] for name in asked})
    rest = {name: given for name, given in GIVEN.items() if name not in asked}
    return visitor.press("report", **rest)


def changes(visitor: Visitor) -> list[str]:
    """Which answers the page offers to change."""
    buttons = visitor.page.forms["back"].buttons
    return [each["value"] for each in buttons if each.get("name") == "change"]


def test_every_answer_that_is_shown_can_be_changed(visitor, intake):
    at_the_check(visitor)

    assert {"role", *GIVEN} <= set(changes(visitor))


@pytest.mark.parametrize("name", ["role", *GIVEN])
def test_one_answer_is_asked_for_again_alone_and_all_others_stay(visitor, intake, name):
    at_the_check(visitor)
    before = visitor.page.text

    visitor.press("back", change=name)
    page = visitor.response.content.decode().split('name="report"')[1].split("</form>")[0]
    asked = {"involved", "agencies"} if name in {"involved", "agencies"} else {name}
    assert {each for each in NAMES if f'name="{each}"' in page} == asked
    assert visitor.path == "/3"

    visitor.press("report", **{name: OTHERWISE[name]})
    assert "Check and send" in visitor.page.text
    assert visitor.page.text != before
    visitor.press("back", change=name).press("report", **{name: GIVEN.get(name, "self")})
    assert visitor.page.text == before


def test_going_back_without_an_answer_changes_nothing(visitor, intake):
    before = at_the_check(visitor).page.text

    visitor.press("back", change="story").press("back")

    assert visitor.page.text == before


def test_words_that_are_too_long_stay_on_the_page_of_their_question(visitor, intake):
    at_the_check(visitor).press("back", change="contact_how")

    visitor.press("report", contact_how="x" * 501)

    assert visitor.response.status_code == 422
    assert visitor.page.forms["report"].fields["contact_how"] == ["x" * 501]
    visitor.press("report", contact_how="short").press("report")
    assert visitor.receipt


def test_the_language_may_change_meanwhile(visitor, intake):
    at_the_check(visitor).press("back", change="danger")

    visitor.press("language", language="ar")

    assert visitor.page.forms["report"].fields["danger"] == ["not_now"]
    visitor.press("report", danger="now")
    assert "canary story" in visitor.page.text


def test_whoever_would_rather_call_comes_back_to_the_check(visitor, intake):
    at_the_check(visitor).press("back", change="story")

    visitor.press("report", to="/9", story="half a sentence")
    visitor.press("back")

    assert "half a sentence" in visitor.page.text
    assert "canary number" in visitor.page.text


def test_unticking_the_office_takes_it_out(visitor, intake):
    at_the_check(visitor).press("back", change="agencies")
    fields = visitor.page.forms["report"].fields
    del fields["agencies"]

    visitor.press("report", involved="nobody")

    assert "agencies" not in changes(visitor)
    assert "canary story" in visitor.page.text


@pytest.mark.parametrize("name", ["nothing", "", "language", "seed"])
def test_a_question_that_there_is_not_is_not_asked(visitor, intake, name):
    at_the_check(visitor).press("back", change=name)

    assert visitor.response.status_code == 200
    assert "Check and send" in visitor.page.text


def test_every_answer_has_its_line(reporters_site):
    full = Answers(
        **{name: value for name, value in OTHERWISE.items() if name != "agencies"}, agencies=("pp",)
    )

    assert [each.name for each in answered(full, current())] == list(NAMES)


def test_who_calls_for_help_without_a_sound_loses_no_other_answer(visitor, intake):
    visitor.begin().press("report", story="Words.", child="yes", persons="2-5")
    visitor.press("report", to="/1")
    visitor.press("report", to="/9").press("report")

    fields = visitor.page.forms["report"].fields
    assert (fields["danger"], fields["child"], fields["persons"]) == (["now"], ["yes"], ["2-5"])
    assert fields["story"] == ["Words."]
