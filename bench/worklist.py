"""What an officer waits for at 10⁴, 10⁵ and 10⁶ cases: first pages, their time and their queries.

The same pages as the same officers, in an invented country that `simulate` makes and lets grow.
Asked inside a process of the officers' site, with the rights of its database role. `--cases
2000,20000`, or HIMAYA_BENCH_CASES, sets other sizes, for a quick look.

Aims at the largest size: p95 at most 300 ms, at most 12 queries, and at most 1.5 times what the
smallest size takes at which the page is as long: with few cases some lists are nearly empty, and a
line costs the same wherever it stands. The load of the machine stands beside the times.
"""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import quantiles

import django
import psycopg

os.environ["DJANGO_SETTINGS_MODULE"] = "himaya.config.staff"
django.setup()

from django.db import connection  # noqa: E402 - needs the line above
from django.test import Client  # noqa: E402
from psycopg.conninfo import make_conninfo  # noqa: E402

from himaya.accounts.models import Officer  # noqa: E402
from himaya.installation import processes  # noqa: E402
from himaya.installation.inside import opened  # noqa: E402
from himaya.installation.temporary import Running  # noqa: E402

SIZES = [
    int(size) for size in os.environ.get("HIMAYA_BENCH_CASES", "10000,100000,1000000").split(",")
]
ROUNDS = 40
OK = 200
MS = 1000
MOST_MS, MOST_QUERIES, MOST_TIMES, LEAST_RATE = 300, 12, 1.5, 5000
AS_LONG = 0.8  # of the lines
LINE = b"<li"
PAGES = {
    "my day, intake": ("intake_officer", "/"),
    "my day, identification": ("identification_officer", "/"),
    "my day, case worker": ("case_worker", "/"),
    "my day, shelter": ("shelter_worker", "/"),
    "my day, supervisor": ("desk_supervisor", "/"),
    "my day, prosecution": ("prosecutor", "/"),
    "cases": ("case_worker", "/cases/"),
    "case page": ("case_worker", "/cases/{case}/"),
    "search": ("case_worker", "/cases/search?place={place}&status=presumed"),
    "deadlines": ("case_worker", "/deadlines/"),
    "desk inbox": ("shelter_worker", "/referrals/"),
    "reports": ("intake_officer", "/reports/"),
}
A_CASE = """
SELECT c.id, c.place FROM cases_case c JOIN accounts_membership m ON m.desk_id = c.desk_id
WHERE m.officer_id = %s AND c.state = 'open' ORDER BY c.opened_at DESC LIMIT 1
"""


@dataclass(frozen=True)
class Measured:
    """A page at one size. queries: the most that one visit asked. lines: how long it is."""

    p50_ms: float
    p95_ms: float
    queries: int
    lines: int


def grow(running: Running, upto: int, before: int) -> float:
    """Invent cases until there are so many; how many a second."""
    command = processes.module(
        "himaya", "simulate", f"--cases={upto - before}", "--json", "--sealed=0", f"--seed={upto}",
        f"--data={running.place.data}",
    )  # fmt: skip
    told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    with opened(running.place) as server:
        dsn = make_conninfo(server.administrator(), dbname=server.database)
        with psycopg.connect(dsn, autocommit=True) as line:
            line.execute("VACUUM ANALYZE")
    return float(told["cases_per_second"])


def browser_of(running: Running, role: str) -> tuple[Client, str]:
    """A browser in which the invented officer of a role has signed in, and their id."""
    officers = json.loads(running.place.officers.read_text(encoding="utf-8"))
    officer = Officer.objects.get(username=officers[role]["username"])
    browser = Client()
    browser.force_login(officer)
    return browser, str(officer.pk)


def a_case(running: Running, officer_id: str) -> dict[str, str]:
    """An open case of the officer's desk, and where it is."""
    with opened(running.place) as server:
        dsn = make_conninfo(server.administrator(), dbname=server.database)
        with psycopg.connect(dsn) as line:
            case, place = line.execute(A_CASE, [officer_id]).fetchone() or ("", "")
    return {"case": str(case), "place": str(place)}


@contextmanager
def counted(counts: list[int]) -> Iterator[None]:
    """Notes how many queries the block asks."""
    asked = 0

    def count(execute, sql, params, many, context):  # type: ignore[no-untyped-def] # Django's own
        nonlocal asked
        asked += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield
    counts.append(asked)


def measure(browser: Client, path: str) -> Measured:
    """Visit a page again and again."""
    times, counts = [], []
    for _round in range(ROUNDS):
        with counted(counts):
            began = time.perf_counter()
            answer = browser.get(path, secure=True)
            times.append((time.perf_counter() - began) * MS)
        if answer.status_code != OK:
            raise RuntimeError(f"{path} answered {answer.status_code}")
    cuts = quantiles(times, n=20)
    return Measured(cuts[9], cuts[18], max(counts), answer.content.count(LINE))


def measured(running: Running) -> dict[str, Measured]:
    """Every page at the present size."""
    found = {}
    for name, (role, path) in PAGES.items():
        browser, officer_id = browser_of(running, role)
        known = a_case(running, officer_id) if "{" in path else {}
        found[name] = measure(browser, path.format(**known))
    return found


def main(running: Running, *, as_json: bool) -> int:
    """Measure, print, and end with one line of JSON: the worst page at the largest size."""
    found: dict[int, dict[str, Measured]] = {}
    rates, before = [], 0
    for size in SIZES:
        rates.append(grow(running, size, before))
        before = size
        found[size] = measured(running)
        if not as_json:
            show(size, rates[-1], found[size])
    last = found[SIZES[-1]]
    times = {name: times_of([found[size][name] for size in SIZES]) for name in PAGES}
    told = {
        "ratio_p50": round(max(each.p50 for each in times.values()), 2),
        "ratio_p95": round(max(each.p95 for each in times.values()), 2),
        "p95_ms": round(max(page.p95_ms for page in last.values()), 1),
        "queries": max(page.queries for page in last.values()),
        "cases_per_second": round(rates[-1]),
        "load": round(os.getloadavg()[0], 2),
    }
    if not as_json:
        compare(times)
        aims(told)
    print(
        json.dumps(told | {"pages": {name: round(page.p95_ms, 1) for name, page in last.items()}})
    )
    return 0


@dataclass(frozen=True)
class Times:
    """How many times longer a page takes at the largest size than at another, `beside`."""

    p50: float
    p95: float
    beside: int


def times_of(pages: list[Measured]) -> Times:
    """One page at all sizes: the largest beside the smallest at which it is as long."""
    last = pages[-1]
    long_enough = (place for place, page in enumerate(pages) if page.lines >= last.lines * AS_LONG)
    place = min(next(long_enough), max(len(pages) - 2, 0))
    first = pages[place]
    return Times(last.p50_ms / first.p50_ms, last.p95_ms / first.p95_ms, SIZES[place])


def show(size: int, rate: float, pages: dict[str, Measured]) -> None:
    """The table for people."""
    load = os.getloadavg()[0]
    print(f"\n{size:,} cases, invented at {rate:,.0f} a second; load of the machine {load:.2f}")
    print(f"{'':24}{'p50 ms':>10}{'p95 ms':>10}{'queries':>10}{'lines':>10}")
    for name, page in pages.items():
        print(f"{name:24}{page.p50_ms:10.1f}{page.p95_ms:10.1f}{page.queries:10}{page.lines:10}")


def compare(times: dict[str, Times]) -> None:
    """How many times longer each page takes."""
    print(f"\n{SIZES[-1]:,} cases, so many times as long as with fewer")
    print(f"{'':24}{'p50':>10}{'p95':>10}{'beside':>10}")
    for name, each in times.items():
        print(f"{name:24}{each.p50:10.2f}{each.p95:10.2f}{each.beside:10,}")


def aims(told: dict[str, float]) -> None:
    """What was measured beside what is wanted."""
    print(f"\n{'':24}{'measured':>10}{'aim':>10}")
    for name, aim in (
        ("p95_ms", f"≤ {MOST_MS}"),
        ("queries", f"≤ {MOST_QUERIES}"),
        ("ratio_p50", f"≤ {MOST_TIMES}"),
        ("ratio_p95", f"≤ {MOST_TIMES}"),
        ("cases_per_second", f"≥ {LEAST_RATE}"),
    ):
        print(f"{name:24}{told[name]:>10}{aim:>10}")
