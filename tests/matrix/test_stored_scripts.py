"""Scripts that somebody told or wrote stay words on every page, in a real browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from unittest import mock

import pytest
from django.template import engines
from django.test import Client

from himaya.web import headers
from tests.factories import seats
from tests.factories.fixtures import undone
from tests.factories.ground import Ground, Side
from tests.factories.roles import as_role
from tests.factories.routes import Route
from tests.factories.threats import threat
from tests.matrix.asking import pages_of
from tests.matrix.replaying import Shown, replay

pytestmark = [pytest.mark.slow, pytest.mark.journey, pytest.mark.usefixtures("db")]
METHODS = ("GET", "POST")


def pages(country: Ground) -> list[Shown]:
    """Every page that an officer of any role is shown about their own desks' things."""
    return [
        answer
        for role, seat in country.officers.items()
        for answer in shown_to(role, seats.browser(seat.officer), country)
    ]


def shown_to(role: str, browser: Client, country: Ground) -> Iterator[Shown]:
    browser.raise_request_exception = False
    cookies = {name: kept.value for name, kept in browser.cookies.items()}
    may = pages_of(role)
    for route, path in [(each, path) for each in may for path in addresses(each, country.own)]:
        for method in METHODS:
            browser.cookies = SimpleCookie(cookies)
            with undone(), as_role("staff"):
                response = browser.generic(method, path)
            if b"canary-own" in response.content and "html" in response["Content-Type"]:
                yield Shown.of(f"{method} {route.shown} {role}", response)


def addresses(route: Route, side: Side) -> list[str]:
    """Where the page is, for everything of the desks' own that it can be about."""
    known = side.of(route.name)
    further = [place for place in route.places if place in side.more][-1:]
    more = [{**known, place: key} for place in further for key in side.more[place]]
    return [route.filled(each) for each in (known, *more)]


@contextmanager
def nothing_is_escaped() -> Iterator[None]:
    """Templates put words into the page as they are."""
    with mock.patch.object(engines["django"].engine, "autoescape", False):
        yield


@contextmanager
def no_policy() -> Iterator[None]:
    """Answers tell the browser to refuse nothing."""
    with mock.patch.object(headers, "policy", return_value="font-src *"):
        yield


@contextmanager
def neither() -> Iterator[None]:
    with nothing_is_escaped(), no_policy():
        yield


@threat("C2", off=neither)
@pytest.mark.parametrize("without", [nothing_is_escaped, no_policy])
def test_no_stored_script_runs_and_no_other_site_is_asked(country, without):
    """Each wall holds alone: words are escaped, and the policy lets no other script run."""
    with without():
        answers = pages(country)

    seen = replay(answers)

    assert seen.shown > 10
    assert seen.ran == []
    assert [address for address in seen.elsewhere if "planted" in address] == []
