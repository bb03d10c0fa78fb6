"""Typing every attack into every place that a site has: addresses, queries, forms, headers."""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from http.cookies import SimpleCookie
from itertools import count, islice
from urllib.parse import quote

from django.http import HttpResponse
from django.test import Client

from tests.factories.fixtures import undone
from tests.factories.roles import as_role
from tests.factories.routes import Known, Route
from tests.matrix.corpus import Sent
from tests.matrix.forms import Form, forms_of
from tools import laws

# Where code asks what stands behind the question mark of an address.
QUERY = re.compile(r"request\.GET(?:\.get(?:list)?\(|\[)[\"']([^\"']+)")
TOLD_BY_BROWSERS = (
    "ACCEPT_LANGUAGE", "COOKIE", "ORIGIN", "REFERER", "SEC_FETCH_SITE", "USER_AGENT",
    "X_FORWARDED_FOR", "X_FORWARDED_HOST", "X_FORWARDED_PROTO",
)  # fmt: skip
Ask = Callable[..., HttpResponse]


def asked_in_queries() -> list[str]:
    """Every name that some page looks for behind the question mark, and some it does not."""
    names = {name for file in laws.files() for name in QUERY.findall(file.text)}
    return sorted(names | {"next", "c", "page", "order_by", "id__in"})


class Attacker:
    """Somebody with a browser at one of the sites. Every request is undone again."""

    def __init__(self, role: str, browser: Client) -> None:
        self._role, self._browser = role, browser
        self._cookies = {name: kept.value for name, kept in browser.cookies.items()}
        self._turn = count()

    def send(self, method: str, path: str, what: str = "", **more: object) -> Sent:
        """One request, and how it was answered."""
        self._browser.cookies = SimpleCookie(self._cookies)
        began = time.perf_counter()
        with undone(), as_role(self._role):
            if method == "POST":
                response = self._browser.post(path, **more)
            else:
                response = self._browser.get(path, **more)
        return Sent(
            f"{method} {path.split('?', maxsplit=1)[0]}",
            what,
            response,
            time.perf_counter() - began,
        )

    def forms(self, path: str) -> list[Form]:
        """The forms of the page at an address that send something."""
        page = self.send("GET", path).response
        if page.status_code >= 300 or not page["Content-Type"].startswith("text/html"):
            return []
        return [form for form in forms_of(page.content.decode(), path) if form.method == "POST"]

    def into_form(self, form: Form, attacks: Sequence[str], *, whole: bool) -> Iterator[Sent]:
        """All fields at once with each attack, then each field alone, among others that fit.

        whole: every field takes its turn at six attacks; else a few fields at two.
        """
        for what in attacks:
            yield self.send("POST", form.action, what, data=dict.fromkeys(form.names, what))
        number = 6 if whole else 2
        for name in form.names if whole else form.few():
            begin = next(self._turn) * number % len(attacks)
            for what in islice((*attacks, *attacks), begin, begin + number):
                sent = self.send("POST", form.action, what, data={**form.fields, name: what})
                yield Sent(f"{sent.where} {name}", what, sent.response, sent.seconds)

    def into_address(self, route: Route, known: Known, attacks: Iterable[str]) -> Iterator[Sent]:
        """Each place of an address, and everything behind its question mark."""
        path, queries = route.filled(known), asked_in_queries()
        for what in attacks:
            put = quote(what[:2000], safe="")
            yield self.send("GET", path, what, QUERY_STRING="&".join(f"{q}={put}" for q in queries))
            for place in route.places:
                address = re.sub(rf"<(\w+:)?{place}>", lambda _found, put=put: put, route.pattern)
                left = Route(route.name, address)
                yield self.send("GET", left.filled(known).replace("\x00", "%00"), what)

    def into_headers(self, path: str, attacks: Iterable[str]) -> Iterator[Sent]:
        """What a browser says about itself."""
        for what in attacks:
            told = what.replace("\r", "").replace("\n", "")[:4000]
            for name in TOLD_BY_BROWSERS:
                yield self.send("GET", path, what, **{f"HTTP_{name}": told})
