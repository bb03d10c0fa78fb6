"""A call at night, by keyboard alone: safety first, handed on in the other direction, filed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser

from tests.journeys.people import Officer
from tests.journeys.service import Service
from tests.journeys.test_one_report import digits_of

STORY = "MARKED-CALL the door is locked at night"
PLACE = "MARKED-PLACE behind the market"
MOST_TABS = 120
KEPT = r"\d\d:\d\d:\d\d"


class Operator(Officer):
    """An operator whose mouse is broken: everything on the hotline goes by keys."""

    def press(self, key: str) -> None:
        """A key that leads to another page, looked at by the careful tester."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.page.wait_for_load_state()
        self.look()

    def tab_to(self, selector: str) -> None:
        """Go on with Tab until this has the focus, as somebody without a mouse does."""
        for _tab in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.has_focus(selector):
                assert self.is_seen(), selector
                return
        raise AssertionError(f"{selector} is never reached by Tab on {self.path()}")

    def has_focus(self, selector: str) -> bool:
        """Whether the keyboard is there."""
        found = self.page.evaluate("chosen => document.activeElement.matches(chosen)", selector)
        return bool(found)

    def is_seen(self) -> bool:
        """Whether something is drawn around what has the focus."""
        drawn = "(style => style.outlineStyle !== 'none' || style.boxShadow !== 'none')"
        return bool(self.page.evaluate(f"{drawn}(getComputedStyle(document.activeElement))"))

    def select(self, selector: str, value: str) -> None:
        """Choose in a list with the arrows."""
        for _arrow in range(20):
            if self.page.locator(selector).input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} is not in {selector}")

    def wait_kept(self) -> None:
        """Until the page says that the draft was sealed."""
        self.page.locator("form[name=call] [role=status]", has_text=re.compile(KEPT)).wait_for()


@pytest.fixture(scope="module")
def first(browser: Browser, service: Service) -> Iterator[Operator]:
    """The operator who takes the call, in English."""
    with seated(browser, service, "en", "hotline_operator") as operator:
        yield operator


@contextmanager
def seated(browser: Browser, service: Service, language: str, role: str) -> Iterator[Operator]:
    """An operator who has signed in and unlocked."""
    operator = Operator(browser, service, language, role)
    operator.unlock()
    yield operator
    operator.context.close()


def take_a_call(operator: Operator, language: str) -> None:
    """From the list to the first question."""
    operator.goto("/hotline/")
    operator.tab_to("form[name=take] select")
    operator.select("form[name=take] select", language)
    operator.tab_to("form[name=take] [name=number]")
    operator.page.keyboard.type("+965 5512 3477")
    operator.press("Enter")
    assert operator.has_focus("#safety")


def note_what_is_said(operator: Operator) -> None:
    """Not safe, a place, a story; sealed within five seconds without any button."""
    operator.tab_to("[name=safe]")
    operator.page.keyboard.press("ArrowDown")
    assert operator.page.locator("[name=safe][value=no]").is_checked()
    operator.tab_to("[name=place]")
    operator.page.keyboard.type(PLACE)
    operator.page.keyboard.press("Alt+g")
    assert operator.has_focus("#story")
    operator.tab_to("[name=story]")
    operator.page.keyboard.type(STORY)
    operator.wait_kept()


def notes_of(operator: Operator) -> tuple[str, str]:
    """What stands in the two fields."""
    fields = (operator.page.locator(f"[name={name}]") for name in ("place", "story"))
    place, story = (each.input_value() for each in fields)
    return place, story


def test_a_call_is_taken_handed_on_and_filed_by_keys_alone(
    first: Operator, browser: Browser, service: Service
) -> None:
    take_a_call(first, "hi")
    note_what_is_said(first)
    first.page.reload()  # the machine went down: what was sealed is there
    assert notes_of(first) == (PLACE, STORY)
    first.page.keyboard.press("Alt+l")
    assert first.has_focus("select[name=language]")
    first.select("form[name=call] select[name=language]", "bn")
    first.tab_to("button[value=language]")
    first.press("Enter")
    assert notes_of(first) == (PLACE, STORY)
    assert first.page.locator(".said[lang=bn]").count() > 10
    first.press("Alt+w")
    assert STORY in first.text()
    first.page.keyboard.press("4")
    assert first.page.locator("[name=outcome]").nth(3).is_checked()
    first.press("Alt+h")
    with seated(browser, service, "ar", "second_hotline_operator") as second:
        take_over(second)
        assert notes_of(second) == (PLACE, STORY)
        first.page.get_by_text("You can hang up").wait_for()  # the page looks by itself
        first.look()
        number = file_it(second)
        assert len(number) == 20
    assert service.sql("SELECT channel FROM reporting_report WHERE channel = 'phone'") == "phone"
    assert service.sql("SELECT count(*) FROM hotline_draft") == "0"


def take_over(second: Operator) -> None:
    """A colleague finds the caller on their day and takes them."""
    second.goto("/")
    second.tab_to("a[href*='/hotline/handing/']")
    second.press("Enter")
    assert second.has_focus("form[name=take] button")
    second.press("Enter")


def file_it(second: Operator) -> str:
    """Read back, filed, and the number read out once."""
    second.press("Alt+w")
    second.press("Alt+f")
    number = digits_of(second.text())
    assert STORY not in second.text()
    assert second.has_focus("form[name=said] button")
    second.press("Enter")
    assert number not in re.sub(r"\D", "", second.text())
    return number


def test_a_call_without_a_word_ends_with_one_digit(first: Operator) -> None:
    take_a_call(first, "ar")
    assert "once before" in first.text()
    assert first.page.locator(".said[lang=ar][dir=rtl]").count() > 10
    first.press("Alt+w")
    first.page.keyboard.press("3")
    first.press("Alt+e")
    assert "Nobody spoke" in first.text()
    first.press("Alt+t")
    assert first.path() == "/hotline/"
