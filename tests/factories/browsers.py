"""Officers' browsers whose every request is made with the rights of the officers' site, no more."""

from html.parser import HTMLParser

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from tests.factories import seats
from tests.factories.people import Seat
from tests.factories.roles import as_role

MOST_QUERIES = 20
# Each of these costs a round trip and is no question to a table.
BOOKKEEPING = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


class Words(HTMLParser):
    """The words of a page, its white space folded."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def __str__(self) -> str:
        return " ".join(" ".join(self.parts).split())


class Browser:
    """A browser in which an officer has signed in with their second factor."""

    def __init__(self, seat: Seat, *, language: str = "en", unlocked: bool = True) -> None:
        self._client = seats.browser(seat.officer, unlocked=unlocked)
        self._headers = {"accept-language": language}
        self.queries: list[str] = []

    def get(self, path: str) -> HttpResponse:
        """Open an address."""
        with as_role("staff"), CaptureQueriesContext(connection) as asked:
            response = self._client.get(path, headers=self._headers)
        self._note(asked)
        return response

    def post(self, path: str, fields: dict[str, object] | None = None) -> HttpResponse:
        """Send a form there."""
        with as_role("staff"), CaptureQueriesContext(connection) as asked:
            response = self._client.post(path, fields or {}, headers=self._headers)
        self._note(asked)
        return response

    def _note(self, asked: CaptureQueriesContext) -> None:
        sent = [query["sql"] for query in asked.captured_queries]
        self.queries = [sql for sql in sent if not sql.startswith(BOOKKEEPING)]


def words_of(response: HttpResponse) -> str:
    """What a reader sees on the page."""
    return str(Words(response.content.decode()))
