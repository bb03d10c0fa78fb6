"""What an attacker types, and how an answer gives itself away."""

import re
from dataclasses import dataclass

from django.http import HttpResponse

SLEEP = 5  # seconds that a statement of the attacker would take
TOO_LONG = 4.0
STATEMENTS = (
    "' OR '1'='1",
    f"'; SELECT pg_sleep({SLEEP}); --",
    f"1 OR (SELECT 1 FROM pg_sleep({SLEEP})) IS NOT NULL",
    "id) DESC, (SELECT 1/0",
    '"pseudonym"',
    "case__desk__agency__code",
    "pk__in",
    "%s%s%s%(x)s",
    "$$; DROP TABLE cases_case; $$",
)
DRAWINGS = (
    "{{ 7|add:1330 }}",
    "{% load i18n %}{% debug %}",
    "${7*191}",
    "<%= 7*191 %>",
    "#{7*191}",
)
HEADERS = ("x\r\nX-Planted: 1", "x\nSet-Cookie: planted=1", "%0d%0aX-Planted: 1")
PATHS = (
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "file:///etc/passwd",
    "//planted.example/",
)
LETTERS = (
    "\x00",
    "a\x00b",
    "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "\u202e\u2066\u200f",
    "İı" * 40,
    "\N{COMBINING ACUTE ACCENT}" * 400,
    "😀" * 300,
    "٣٤٥",
    "x" * 70_000,
)
NUMBERS = ("-1", "-238", str(2**31), str(2**63), str(10**40), "nan", "inf", "1e999", "0x10", "１２")
DAYS = ("0000-00-00", "0001-01-01", "9999-12-31", "2026-02-30", "-1-01-01", "99999-01-01T00:00")
SHAPES = ("[]", "{}", "null", "[[[[", '{"$gt": ""}', "true", "00000000-0000-0000-0000-000000000000")
WHOLE = (*STATEMENTS, *DRAWINGS, *HEADERS, *PATHS, *LETTERS, *NUMBERS, *DAYS, *SHAPES)
# One of each kind, for every run of the tests.
SHORT = (
    STATEMENTS[1],
    STATEMENTS[3],
    DRAWINGS[0],
    HEADERS[0],
    PATHS[0],
    "a\x00b",
    LETTERS[-1],
    NUMBERS[1],
    NUMBERS[3],
    "nan",
    DAYS[1],
    DAYS[2],
)
# Words of the machine that no page of ours says.
OF_THE_MACHINE = re.compile(
    r"Traceback|psycopg|site-packages|ProgrammingError|DataError|django\.|root:x:0|\b1337\b"
    r"|syntax error at or near|invalid input syntax|himaya_staff|himaya_public",
)


@dataclass(frozen=True)
class Sent:
    """One attack: where it went, what it was, how it was answered and after how long."""

    where: str
    what: str
    response: HttpResponse
    seconds: float

    @property
    def fault(self) -> str:
        """How the answer gives itself away; empty when it does not."""
        status, body = self.response.status_code, self.response.content.decode(errors="replace")
        told = OF_THE_MACHINE.search(body)
        if status >= 500:
            return f"{self._shown}: {status}"
        if told and told[0] not in self.what:
            return f"{self._shown}: says {told[0]}"
        if "X-Planted" in self.response.headers or "planted" in self.response.cookies:
            return f"{self._shown}: a header was planted"
        if "pg_sleep" in self.what and self.seconds > TOO_LONG:
            return f"{self._shown}: {self.seconds:.1f} s"
        return ""

    @property
    def _shown(self) -> str:
        return f"{self.where} {self.what[:60]!r}"
