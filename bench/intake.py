"""Sealed reports accepted per second through the reporters' site, beside bare inserts.

The floor is what the database alone takes here and now: the same bytes in one row, one commit
each, over one connection. A report is more: six tables, two keys, a receipt that costs a guesser.
"""

import json
import secrets
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import quantiles
from threading import Lock

import django
import psycopg

from himaya.installation.temporary import Running

django.setup()
from himaya.reporting.receipts import open_receipt  # noqa: E402 - needs the line above

LEVELS = ((1, 200), (4, 400), (16, 800))
WARM_UP = 40
STORY = "He keeps our passports and we have not been paid since May. We sleep in the store. " * 8
LOOPBACK = "127.0.0.1"
OK = 200
TABLES = (
    "reporting_report",
    "reporting_receipt",
    "vault_compartment",
    "vault_compartmentepoch",
    "vault_grant",
    "vault_sealed",
)
BOUNDARY = secrets.token_hex(16)


@dataclass(frozen=True)
class Measured:
    """What one level of load gave."""

    at_once: int
    per_second: float
    p95_ms: float
    refused: int


class Reporter:
    """A browser without script: one connection, forms read and sent back."""

    def __init__(self, port: int) -> None:
        self.line = HTTPConnection(LOOPBACK, port, timeout=60)

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """GET, or POST of a form."""
        headers = {"Accept-Encoding": "identity", "Accept-Language": "en"}
        if fields is None:
            self.line.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"
            self.line.request("POST", path, _multipart(fields), headers)
        answer = self.line.getresponse()
        return answer.status, answer.read().decode()

    def to_the_last_page(self) -> dict[str, str]:
        """Answer every step; returns what Send would send."""
        carried = _carried(self.ask("/1")[1])
        story = f"{secrets.token_hex(8)} {STORY}"
        carried = _carried(self.ask("/2", {"carried": carried, "story": story, "danger": "now"})[1])
        fields = {"carried": carried, "involved": "nobody", "contact_how": "after ten at night"}
        return {"carried": _carried(self.ask("/3", fields)[1])}

    def send(self, fields: dict[str, str]) -> bool:
        """Press Send; True when a receipt came back."""
        status, page = self.ask("/4", fields)
        return status == OK and 'class="receipt"' in page

    def whole_way(self, _fields: dict[str, str]) -> bool:
        """From the first question to the receipt."""
        return self.send(self.to_the_last_page())


def _multipart(fields: dict[str, str]) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return "".join([*parts, f"--{BOUNDARY}--\r\n"]).encode()


def _carried(page: str) -> str:
    return page.rsplit('name="carried" value="', 1)[1].split('"', 1)[0]


Press = Callable[[Reporter, dict[str, str]], bool]


def under_load(port: int, at_once: int, forms: Sequence[dict[str, str]], press: Press) -> Measured:
    """Send these forms from so many reporters at once."""
    waiting, lock = list(forms), Lock()
    took: list[float] = []
    refused = 0

    def reporter(_number: int) -> None:
        nonlocal refused
        browser = Reporter(port)
        while True:
            with lock:
                if not waiting:
                    return
                fields = waiting.pop()
            began = time.perf_counter()
            taken = press(browser, fields)
            with lock:
                took.append(time.perf_counter() - began)
                refused += not taken

    began = time.perf_counter()
    with ThreadPoolExecutor(at_once) as reporters:
        list(reporters.map(reporter, range(at_once)))
    whole = time.perf_counter() - began
    return Measured(
        at_once=at_once,
        per_second=round(len(took) / whole, 1),
        p95_ms=round(quantiles(took, n=20)[-1] * 1000, 1),
        refused=refused,
    )


def prepared(port: int, number: int) -> list[dict[str, str]]:
    """Forms that only wait for Send."""

    def fill(count: int) -> list[dict[str, str]]:
        browser = Reporter(port)
        return [browser.to_the_last_page() for _form in range(count)]

    with ThreadPoolExecutor(4) as reporters:
        return [form for forms in reporters.map(fill, [number // 4] * 4) for form in forms]


def bytes_of_a_report(dsn: str) -> int:
    """What one report weighs in all its rows, as the database holds them."""
    with psycopg.connect(dsn) as connection:
        weights = [f"(SELECT sum(pg_column_size(t.*)) FROM {table} t)::float" for table in TABLES]
        query = f"SELECT ({' + '.join(weights)}) / (SELECT count(*) FROM reporting_report)"
        for (weight,) in connection.execute(query):
            return int(weight)
    raise RuntimeError("no report was stored")


def bare(dsn: str, size: int, *, hashed: bool, seconds: float = 3.0) -> float:
    """Rows of that many bytes stored per second, one commit each."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS bench_floor (id uuid PRIMARY KEY, content bytea)"
        )
        stored, began = 0, time.perf_counter()
        while time.perf_counter() - began < seconds:
            if hashed:
                open_receipt(str(stored).zfill(20))
            connection.execute(
                "INSERT INTO bench_floor VALUES (gen_random_uuid(), %s)",
                [secrets.token_bytes(size)],
            )
            stored += 1
        rate = stored / (time.perf_counter() - began)
        connection.execute("DROP TABLE bench_floor")
    return round(rate, 1)


def one_guess_ms() -> float:
    """What one try at a receipt costs one core here."""
    began = time.process_time()
    for number in range(50):
        open_receipt(str(number))
    return round((time.process_time() - began) / 50 * 1000, 2)


def main(running: Running, *, as_json: bool) -> int:
    """Measure, print, and end with one line of JSON."""
    port = running.addresses.public_port
    dsn = {
        role: (running.place.secrets / f"dsn-{role}").read_text() for role in ("owner", "worker")
    }
    under_load(port, 4, prepared(port, WARM_UP), Reporter.send)
    size = bytes_of_a_report(dsn["worker"])
    floor = bare(dsn["owner"], size, hashed=False)
    floor_hashed = bare(dsn["owner"], size, hashed=True)
    levels = [
        under_load(port, at_once, prepared(port, number), Reporter.send)
        for at_once, number in LEVELS
    ]
    whole = [under_load(port, 16, [{}] * 320, Reporter.whole_way)]
    if not as_json:
        print(f"A report weighs {size} bytes in the database.")
        print(f"One guess at a receipt costs a core {one_guess_ms()} ms; the aim is at least 6.3.")
        print(f"{'':32}{'per second':>12}{'p95 ms':>10}{'refused':>9}")
        print(f"{'bare inserts':32}{floor:12}")
        print(f"{'bare inserts, receipt hashed':32}{floor_hashed:12}")
        for name, found in [("Send", each) for each in levels] + [
            ("whole way", each) for each in whole
        ]:
            label = f"{name}, {found.at_once} at once"
            print(f"{label:32}{found.per_second:12}{found.p95_ms:10}{found.refused:9}")
    print(json.dumps({"floor_per_second": floor, "levels": [vars(each) for each in levels]}))
    return 0
