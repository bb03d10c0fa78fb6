"""Sealed reports accepted per second through the reporters' site, beside bare inserts.

The floor is what the database alone takes here and now: the same bytes in one row, one commit
each, over one connection. A report is more: seven tables, two keys, a receipt that costs a guesser.

Reporters who press again as soon as they are answered measure how many are accepted; with 64 of
them each stands behind 63 others. What a reporter waits for is measured beside it by reports that
arrive at an even pace, whoever still waits. The last columns say what a report costs the processors
and so bounds the rest: the sites, the database, the worker that numbers and compares what came,
and these reporters, who need the same processors.
HIMAYA_BENCH_REPORTS sets how many are sent at each level, for a quick look.
"""

import json
import os
import secrets
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import count
from statistics import quantiles

import django
import psycopg

from himaya.installation.temporary import Running

django.setup()
from himaya.reporting.receipts import open_receipt  # noqa: E402 - needs the line above
from tests.factories.processors import spent  # noqa: E402
from tests.factories.wire import Reporter  # noqa: E402

LEVELS = {1: 200, 4: 400, 16: 800, 64: 1280}
ASKED = int(os.environ.get("HIMAYA_BENCH_REPORTS", "0"))
ARRIVING, LINES = 1500, 64
LEAST_PER_SECOND, MOST_P95_MS = 100, 300
WARM_UP, WHOLE_WAYS = 40, 320
TABLES = (
    "reporting_report",
    "reporting_receipt",
    "vault_compartment",
    "vault_compartmentepoch",
    "vault_grant",
    "vault_sealed",
    "reporting_likeness",
)
PARTS = ("sites", "database", "worker", "reporters")
Fields = dict[str, str]
Press = Callable[[Reporter, Fields], bool]


@dataclass(frozen=True)
class Measured:
    """What one kind of load gave. cpu_ms: of the processors for each report, by part."""

    name: str
    reports: int
    per_second: float
    p50_ms: float
    p95_ms: float
    refused: int
    cpu_ms: dict[str, float]


def under_load(
    running: Running,
    at_once: int,
    forms: Sequence[Fields],
    press: Press = Reporter.send,
    *,
    name: str,
    pace: float = 0.0,
) -> Measured:
    """Send these forms from so many reporters at once. pace: reports a second; 0: no pause."""
    places, took, refused = count(), [], []
    before, began = spent(running.process.pid), time.perf_counter()

    def reporter(_number: int) -> None:
        browser = Reporter(running.addresses.public_port)
        while (place := next(places)) < len(forms):
            due = began + place / pace if pace else time.perf_counter()
            time.sleep(max(0.0, due - time.perf_counter()))
            if not press(browser, forms[place]):
                refused.append(place)
            took.append(time.perf_counter() - due)

    with ThreadPoolExecutor(at_once) as reporters:
        list(reporters.map(reporter, range(at_once)))
    whole = time.perf_counter() - began
    used = spent(running.process.pid) - before
    cuts = quantiles(took, n=20)
    return Measured(
        name=name,
        reports=len(took),
        per_second=round(len(took) / whole, 1),
        p50_ms=round(1000 * cuts[9], 1),
        p95_ms=round(1000 * cuts[18], 1),
        refused=len(refused),
        cpu_ms={part: round(1000 * used[part] / len(took), 1) for part in PARTS},
    )


def prepared(running: Running, number: int) -> list[Fields]:
    """Forms that only wait for Send."""

    def fill(share: int) -> list[Fields]:
        browser = Reporter(running.addresses.public_port)
        return [browser.to_the_last_page() for _form in range(share)]

    with ThreadPoolExecutor(4) as reporters:
        return [form for forms in reporters.map(fill, [-(-number // 4)] * 4) for form in forms]


def measured(running: Running) -> list[Measured]:
    """Every load, one after the other."""
    found = [
        under_load(
            running, at_once, prepared(running, ASKED or number), name=f"Send, {at_once} at once"
        )
        for at_once, number in LEVELS.items()
    ]
    forms = prepared(running, ASKED or ARRIVING)
    name = f"Send, {LEAST_PER_SECOND} a second arriving"
    found.append(under_load(running, LINES, forms, name=name, pace=LEAST_PER_SECOND))
    forms = [{}] * (ASKED or WHOLE_WAYS)
    return [
        *found,
        under_load(running, 16, forms, Reporter.whole_way, name="Whole way, 16 at once"),
    ]


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


def show(floors: dict[str, float], found: Sequence[Measured]) -> None:
    """The table for people."""
    print(f"{'':30}{'a second':>10}{'p50 ms':>8}{'p95 ms':>8}{'refused':>9}", end="")
    print("".join(f"{part:>11}" for part in PARTS), "(ms of processor a report)")
    for name, rate in floors.items():
        print(f"{name:30}{rate:10}")
    for each in found:
        print(f"{each.name:30}{each.per_second:10}{each.p50_ms:8}{each.p95_ms:8}", end="")
        print(f"{each.refused:9}" + "".join(f"{each.cpu_ms[part]:11}" for part in PARTS))
    print(
        f"The aims: {LEAST_PER_SECOND} a second, p95 {MOST_P95_MS} ms while as many arrive,"
        " none refused."
    )


def main(running: Running, *, as_json: bool) -> int:
    """Measure, print, and end with one line of JSON; 1 when an aim is missed."""
    dsn = {
        role: (running.place.secrets / f"dsn-{role}").read_text() for role in ("owner", "worker")
    }
    under_load(running, 4, prepared(running, WARM_UP), name="warming up")
    size, guess = bytes_of_a_report(dsn["worker"]), one_guess_ms()
    floors = {
        "bare inserts": bare(dsn["owner"], size, hashed=False),
        "bare inserts, receipt hashed": bare(dsn["owner"], size, hashed=True),
    }
    found = measured(running)
    if not as_json:
        print(f"A report weighs {size} bytes in the database.")
        print(f"One guess at a receipt costs a core {guess} ms; the aim is at least 6.3.")
        show(floors, found)
    *closed, arriving, _whole = found
    refused = sum(each.refused for each in found)
    best = max(each.per_second for each in closed)
    said = {
        "aims": {"per_second": LEAST_PER_SECOND, "p95_ms": MOST_P95_MS, "refused": 0},
        "per_second": best,
        "p95_ms": arriving.p95_ms,
        "refused": refused,
        "guess_ms": guess,
        "floors_per_second": floors,
        "loads": [asdict(each) for each in found],
    }
    print(json.dumps(said))
    kept = best >= LEAST_PER_SECOND and arriving.p95_ms <= MOST_P95_MS and not refused
    return 0 if kept else 1
