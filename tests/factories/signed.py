"""Officers' browsers, as signing in, confirming and passkeys leave them."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client

from himaya.accounts.fresh import GIVEN_AT, GIVEN_BY, Factor
from himaya.accounts.models import Officer
from tests.factories.authenticators import SoftPasskey
from tests.factories.officers import PASSPHRASE, code_now
from tests.factories.roles import as_role

NO_TIME = timedelta(0)


class SiteClient(Client):
    """A browser at the officers' site, under the name that a software passkey believes in.

    Every request is made with the rights of that site's database role, and no more.
    """

    def __init__(self) -> None:
        super().__init__(headers={"host": "localhost"})

    def request(self, **request: object) -> HttpResponse:
        """One request."""
        with as_role("staff"):
            return super().request(**request)


def make_fresh(client: Client, factor: Factor = Factor.CODE, *, ago: timedelta = NO_TIME) -> Client:
    """The officer in this browser has just given a second factor, or so long ago."""
    session = client.session
    session[GIVEN_AT] = (datetime.now(UTC) - ago).isoformat()
    session[GIVEN_BY] = factor.value
    session.save()
    return client


def freshly(officer: Officer) -> Client:
    """A browser in which the officer has signed in and just given a second factor."""
    client = SiteClient()
    client.force_login(officer)
    return make_fresh(client)


def sign_in(officer: Officer, client: Client | None = None) -> Client:
    """A browser in which the officer typed passphrase and code."""
    client = client or SiteClient()
    client.post("/login", {"login": officer.username, "password": PASSPHRASE})
    client.post("/login/code", {"code": code_now()})
    return client


class _Asked(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.options = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.options = dict(attrs).get("data-options") or self.options


def asked_by(page: HttpResponse) -> str:
    """What the page asks the browser's passkeys."""
    return _Asked(page.content.decode()).options


def add_passkey(client: Client, name: str = "work telephone") -> SoftPasskey:
    """The officer in this browser, who has just given a factor, adds a passkey."""
    passkey = SoftPasskey()
    asked = asked_by(client.get("/security/passkeys/add"))
    done = client.post("/security/passkeys/add", {"name": name, "answer": passkey.make(asked)})
    assert done.status_code == 302, done.content.decode()
    return passkey


def show_passkey(client: Client, passkey: SoftPasskey, **fields: str) -> HttpResponse:
    """Somebody signs in with a passkey alone."""
    asked = asked_by(client.get("/login/passkey"))
    return client.post("/login/passkey", {"answer": passkey.show(asked), **fields})
