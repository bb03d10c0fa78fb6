"""Asking every page of the officers' site, by every method, as everybody, about everything."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.cookies import SimpleCookie
from unittest import mock

from django.http import HttpRequest, HttpResponse
from django.test import Client

from himaya.accounts import pages
from himaya.accounts.roles import ROLES
from himaya.kernel.access import Permission
from himaya.kernel.errors import NotPermitted, Refusal
from himaya.vault.reasons import Reason
from himaya.web import errors
from tests.factories import seats
from tests.factories.fixtures import undone
from tests.factories.ground import Ground, Objects, Side
from tests.factories.roles import as_role
from tests.factories.routes import OFFICERS, Route, routes
from tools import documents

READING, HEAD, SENDING = "GET", "HEAD", "POST"
UNUSUAL = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
ANONYMOUS = "anonymous"
# About what a page is asked, in the order in which a cell of the document names the answers.
OWN, OTHER, NONE, MIXED = "own", "another's", "none", "mixed"
Cell = tuple[str, ...]
SHUT = {"no", "405", "sign in", "401 accounts.signed_out"}  # whatever the page is about


@dataclass(frozen=True)
class Asked:
    """One page by one method: who was answered how; one answer for each kind of object."""

    route: Route
    method: str
    answers: Mapping[str, Cell]


@dataclass
class Everybody:
    """An officer of each role with the browser open and unlocked, and somebody unknown.

    pages: for each who, everything that they were shown.
    """

    country: Ground
    browsers: dict[str, Client] = field(default_factory=dict)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    pages: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.browsers = {ANONYMOUS: Client(raise_request_exception=False)}
        for role, seat in self.country.officers.items():
            self.browsers[role] = seats.browser(seat.officer)
            self.browsers[role].raise_request_exception = False
        for who, browser in self.browsers.items():
            self.cookies[who] = {name: kept.value for name, kept in browser.cookies.items()}

    def matrix(self) -> list[Asked]:
        """Every page by every usual method."""
        found: list[Asked] = []
        with refusals_named():
            for route in routes(OFFICERS):
                got = self.asked(route, READING)
                found += [got, self.unread(route, got), self.asked(route, SENDING, got)]
            for one in found:
                self.ask_more(one)
        return found

    def ask_more(self, one: Asked) -> None:
        """Whoever may come in looks at everything else that the page can be about."""
        places = [place for place in one.route.places if place in self.country.own.more]
        may = [who for who, cell in one.answers.items() if set(cell) - SHUT]
        if not places or one.method == HEAD:
            return
        strangers = [self.country.other] if places[-1] == "compartment_id" else []
        for side in (self.country.own, *strangers):
            for key in side.more[places[-1]]:
                path = one.route.filled({**side.of(one.route.name), places[-1]: key})
                for who in may:
                    self.ask(who, one.method, path)

    def asked(self, route: Route, method: str, got: Asked | None = None) -> Asked:
        """One page by one method, as everybody. A method that the page does not know is refused
        before anybody is looked at, so that nothing is asked twice.

        got: how the page was read. Whom its guard kept out then is not asked again: the guard does
        not look at the method, and test_deny_by_default sends to every page as one of them."""
        first = self.ask(ANONYMOUS, method, route.filled({}))
        if first == "405":
            return Asked(route, method, dict.fromkeys(self.browsers, ("405",)))
        out = kept_out(route) if got else set()
        shut = {who for who in out if got and got.answers[who] == ("no",)}
        asked = {who: self.cell(route, method, who) for who in self.browsers if who not in shut}
        return Asked(route, method, {who: asked.get(who, ("no",)) for who in self.browsers})

    def unread(self, route: Route, got: Asked) -> Asked:
        """The page without its words; whoever may not read it is not asked again."""
        shut = [who for who, cell in got.answers.items() if cell == ("no",)]
        if self.ask(ANONYMOUS, HEAD, route.filled({})) == "405":
            return Asked(route, HEAD, dict.fromkeys(self.browsers, ("405",)))
        asked = {who: self.cell(route, HEAD, who) for who in self.browsers if who not in shut}
        return Asked(route, HEAD, {who: asked.get(who, ("no",)) for who in self.browsers})

    def cell(self, route: Route, method: str, who: str) -> Cell:
        """How somebody is answered about each kind of object; one answer where all are the same
        by the nature of the thing: nobody unknown has an own object, HEAD is GET unread, and a
        permission is asked for before the object is looked for."""
        answers = []
        for known in subjects(self.country, route).values():
            answers.append(self.ask(who, method, route.filled(known)))
            if who == ANONYMOUS or method == HEAD or answers == ["no"]:
                break
        return tuple(answers[:1] if len(set(answers)) == 1 else answers)

    def ask(self, who: str, method: str, path: str) -> str:
        """One request with the rights of the site's database role; then it is undone."""
        # Whoever was signed out by the last request is signed in again, as in the database.
        browser = self.browsers[who]
        browser.cookies = SimpleCookie(self.cookies[who])
        with undone(), as_role("staff"):
            if method == SENDING:
                response = browser.post(path, {"reason": Reason.OWN_WORK.value})
            else:
                response = browser.generic(method, path)
        said = [response.content.decode(errors="replace"), *response.headers.values()]
        self.pages.setdefault(who, []).extend(said)
        return kind_of(response)

    def shown(self, words: Iterable[str]) -> dict[str, list[str]]:
        """Words, and who was shown them."""
        read = {who: "\n".join(pages) for who, pages in self.pages.items()}
        return {word: [who for who in self.browsers if word in read.get(who, "")] for word in words}

    def shown_of(self, side: Side) -> dict[str, list[str]]:
        """What the words of a side are about, and who was shown them."""
        shown = self.shown(side.said.values())
        return {name: shown[words] for name, words in sorted(side.said.items())}


def subjects(country: Ground, route: Route) -> dict[str, Objects]:
    """What a page can be asked about: the desks' own, another's, nothing that exists."""
    own, other = country.own.of(route.name), country.other.of(route.name)
    places = [place for place in route.places if place.endswith("_id") and place != "step_id"]
    if not set(places) & own.keys():
        return {OWN: own}
    asked = {OWN: own, OTHER: other, NONE: {key: own[key] for key in own if key not in places}}
    if len(set(places) & own.keys()) > 1:
        asked[MIXED] = {**own, places[-1]: other[places[-1]]}
    return asked


@cache
def asks() -> dict[str, frozenset[Permission]]:
    """The permissions that each page asks for, any of which lets in, by its address."""
    return {page.path: frozenset(page.permissions or ()) for page in documents.pages()}


def kept_out(route: Route) -> set[str]:
    """Roles with none of the permissions that the page asks for."""
    needed = asks()[route.pattern]
    return {code for code, role in ROLES.items() if needed and not needed & role.permissions}


def pages_of(role: str) -> list[Route]:
    """The pages that ask for a permission which the role has."""
    return [each for each in routes(OFFICERS) if asks()[each.pattern] & ROLES[role].permissions]


def kind_of(response: HttpResponse) -> str:
    """An answer as the document names it."""
    refusal = getattr(response, "refusal", None)
    if isinstance(refusal, NotPermitted):
        return "no"
    if isinstance(refusal, Refusal) and response.status_code != 404:
        return f"{response.status_code} {refusal.code}"
    if 300 <= response.status_code < 400:
        return "sign in" if response["Location"].startswith("/login") else "goes on"
    return str(response.status_code)


@contextmanager
def refusals_named() -> Iterator[None]:
    """Inside, an answer knows the refusal that it tells of, and every second factor is fresh."""

    def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
        response = drawn(request, refusal)
        response.refusal = refusal  # type: ignore[attr-defined] # read by kind_of
        return response

    drawn = errors.refused
    with (
        mock.patch.object(errors, "refused", refused),
        mock.patch.object(pages, "is_fresh", return_value=True),
    ):
        yield
