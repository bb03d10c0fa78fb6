"""The ledger: acts written by many at once, numbered, and a million entries verified.

Beside each stands its floor, measured in the same run: bare inserts of the same bytes by as many
writers, and one SHA-256 an entry over its bytes as PostgreSQL streams them. HIMAYA_BENCH_ENTRIES
sets another number of entries than a million.
"""

import json
import os
import secrets
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from uuid import uuid4

import django
import psycopg

os.environ["DJANGO_SETTINGS_MODULE"] = "himaya.config.worker"
django.setup()

from django.db import connection, transaction  # noqa: E402 - needs the line above

from himaya.audit import heads  # noqa: E402
from himaya.audit.examining import commitment, salt_of  # noqa: E402
from himaya.audit.keyed import Keyed  # noqa: E402
from himaya.audit.merkle import Tree, leaf_hash  # noqa: E402
from himaya.audit.models import Entry, Pending, TreeHead  # noqa: E402
from himaya.audit.reading import lines  # noqa: E402
from himaya.audit.record import ledger_key, record  # noqa: E402
from himaya.audit.stored import COLUMNS, ENTRIES  # noqa: E402
from himaya.audit.verify import verify  # noqa: E402
from himaya.installation import processes  # noqa: E402
from himaya.installation.clock import now  # noqa: E402
from himaya.installation.inside import opened  # noqa: E402
from himaya.installation.temporary import Running  # noqa: E402
from himaya.kernel.access import job  # noqa: E402

ENTRIES_TO_VERIFY = int(os.environ.get("HIMAYA_BENCH_ENTRIES", "1000000"))
WRITERS, ACTS = 8, 4000
BATCH = 4000
ACTS_A_ROW = 10  # how often a row changes before it goes
CASE = [
    "child", "citizenship", "closed_at", "desk_id", "exploitation", "id", "language", "number",
    "opened_at", "report_id", "sex", "state", "status", "version",
]  # fmt: skip
ELSEWHERE = 2**40  # an even number far from those of the entries
SPREAD, TAIL = 2_654_435_761, "-0000-4000-8000-"  # ids that fall all over an index
FLOOR = "CREATE TABLE bench_floor (LIKE audit_pending INCLUDING ALL)"
INSERT = f"INSERT INTO bench_floor ({COLUMNS}) VALUES ({', '.join(['%s'] * 12)})"


@dataclass
class Act:
    """An act as a case worker's day leaves it: half of them reads, half change one row."""

    said: bytes
    values: tuple[object, ...]

    @classmethod
    def made(cls, number: int, row: str, at: str) -> "Act":
        """Act `number`; every second one says something of the row."""
        last = number % (2 * ACTS_A_ROW) == 2 * ACTS_A_ROW - 1
        digest = ["cases_case", row, [], ""] if last else ["cases_case", row, CASE, DIGEST]
        rows = canonical([digest] if number % 2 else [])
        ids = [f"{(number * SPREAD + each) % 2**32:08x}{TAIL}{number:012x}" for each in range(4)]
        told = ("case.described", "officer", "case_worker", *ids[1:], "", '{"count":2}', rows)
        values = (ids[0], at, *told)
        return cls(canonical(values).encode(), values)


def canonical(content: object) -> str:
    """What `audit.canonical.written` makes of strings and lists, in less time."""
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False)


DIGEST = sha256(b"a row").hexdigest()
MOMENT = "2026-11-22T12:00:00.000001+00:00"


def several(work: Callable[[int], None], number: int) -> float:
    """How many pieces of work a second all writers together do."""
    began = time.perf_counter()
    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(work, [number // WRITERS] * WRITERS))
    return number / (time.perf_counter() - began)


def write_acts(count: int) -> None:
    """One writer: acts recorded as an operation does it, each in a transaction of its own."""
    at = now()
    for _each in range(count):
        with transaction.atomic():
            record(
                act="case.described",
                actor=job("bench"),
                at=at,
                subject_id=uuid4(),
                desk_id=uuid4(),
                facts={"count": 2},
            )
    connection.close()


def bare_inserts(dsn: str) -> Callable[[int], None]:
    """One writer of the floor: the same bytes in one row, one commit each."""

    def write(count: int) -> None:
        act = Act.made(1, str(uuid4()), MOMENT)
        with psycopg.connect(dsn, autocommit=True) as line:
            for _each in range(count):
                line.execute(INSERT, (str(uuid4()), *act.values[1:], secrets.token_bytes(32)))

    return write


def numbered_per_second(dsn: str, number: int = 40_000) -> float:
    """How fast the worker's sequencer numbers what waits."""
    mac = Keyed(ledger_key())
    with psycopg.connect(dsn) as line:
        with line.cursor().copy(f"COPY audit_pending ({COLUMNS}) FROM STDIN") as copy:
            for each in range(number):
                act = Act.made(ELSEWHERE + 2 * each, "", MOMENT)
                copy.write_row((*act.values, mac(act.said)))
        line.commit()
        began = time.perf_counter()
        while Pending.objects.exists():
            time.sleep(0.01)
        return number / (time.perf_counter() - began)


def entries(start: int, end: int, tree: Tree) -> Iterator[tuple[object, ...]]:
    """Entries as the sequencer would have made them."""
    mac, row = Keyed(ledger_key()), ""
    for number in range(start, end):
        if not row or number % (2 * ACTS_A_ROW) == 0:
            row = str(uuid4())
        act = Act.made(number, row, MOMENT)
        code = mac(act.said)
        salt = salt_of(mac, number, code)
        leaf = commitment(salt, act.said)
        tree.extend([leaf_hash(leaf)])
        yield (*act.values, code, number, salt, leaf)


def fill(dsn: str, end: int) -> None:
    """Let the ledger have so many entries; a few more so that every row's last act is there."""
    end += -end % (2 * ACTS_A_ROW)
    head = TreeHead.objects.get(id=1)
    tree = Tree.thawed(head.size, bytes(head.frontier))
    with psycopg.connect(dsn) as line, line.cursor() as cursor:
        with cursor.copy(f'COPY audit_entry ({COLUMNS}, "index", salt, leaf) FROM STDIN') as copy:
            for entry in entries(head.size, end, tree):
                copy.write_row(entry)
        cursor.execute(
            "UPDATE audit_treehead SET size = %s, frontier = %s", [tree.size, tree.frozen()]
        )
    with psycopg.connect(dsn, autocommit=True) as line:
        line.execute("VACUUM ANALYZE audit_entry")


def hashed() -> float:
    """Seconds for one SHA-256 an entry over its bytes, reading included."""
    began = time.perf_counter()
    with transaction.atomic():
        for line in lines(ENTRIES):
            sha256(line).digest()
    return time.perf_counter() - began


def verified(running: Running) -> float:
    """Seconds for the whole verification, with all that lies outside the database."""
    began = time.perf_counter()
    proof = verify(data=running.place.data)
    seconds = time.perf_counter() - began
    if proof.faults:
        raise RuntimeError(f"{len(proof.faults)} faults, the first: {proof.faults[0]}")
    connection.close()
    return seconds


def peak_mb(running: Running) -> int:
    """The most memory that a process of `himaya ledger verify` holds, in MB."""
    command = processes.module("himaya", "ledger", "verify", f"--data={running.place.data}")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = status
    if status:
        raise RuntimeError("himaya ledger verify found something")
    return used.ru_maxrss // 1024


def published(running: Running) -> float:
    """Entries a second that are hashed into tiles and signed."""
    began, before = time.perf_counter(), heads.newest_tiles(running.place.data).size
    while signed := heads.publish(data=running.place.data):
        heads.keep(signed, data=running.place.data)
    count = heads.newest_tiles(running.place.data).size - before
    return count / (time.perf_counter() - began)


def main(running: Running, *, as_json: bool) -> int:
    """Measure, print, and end with one line of JSON."""
    rates: dict[str, float] = {}
    with opened(running.place) as server:
        dsn = server.administrator().replace("dbname=postgres", f"dbname={server.database}")
        with psycopg.connect(dsn, autocommit=True) as line:
            line.execute(FLOOR)
        several(write_acts, 10 * WRITERS)
        rates["bare inserts"] = several(bare_inserts(dsn), ACTS)
        rates["acts written"] = several(write_acts, ACTS)
        rates["acts numbered"] = numbered_per_second(dsn)
        running.process.terminate()
        running.process.wait()
        size = Entry.objects.count()
        fill(dsn, size + ENTRIES_TO_VERIFY // 10)
        rates["entries published"] = published(running)
        memory = [peak_mb(running)]
        fill(dsn, ENTRIES_TO_VERIFY)
        published(running)
        seconds = {"floor": hashed(), "verify": verified(running)}
        seconds["floor"] = min(seconds["floor"], hashed())
        memory.append(peak_mb(running))
    ratios = {
        "ratio_append": round(rates["bare inserts"] / rates["acts written"], 2),
        "ratio_verify": round(seconds["verify"] / seconds["floor"], 2),
    }
    if not as_json:
        show(rates, seconds, memory, ratios)
    known = {name.replace(" ", "_"): round(rate) for name, rate in rates.items()}
    print(json.dumps({**ratios, **known, "entries": ENTRIES_TO_VERIFY, "peak_mb": memory}))
    return 0


def show(
    rates: dict[str, float], seconds: dict[str, float], memory: list[int], ratios: dict[str, float]
) -> None:
    """The table for people."""
    for name, rate in rates.items():
        print(f"{name:44}{rate:12,.0f} a second")
    print(f"{'an act takes so many times a bare insert':44}{ratios['ratio_append']:12}")
    print(f"{'one SHA-256 an entry, reading included':44}{seconds['floor']:12.2f} s")
    print(f"{f'verify of {ENTRIES_TO_VERIFY:,} entries':44}{seconds['verify']:12.2f} s")
    print(f"{'verify takes so many times the floor (aim: 5)':44}{ratios['ratio_verify']:12}")
    print(f"{'peak memory at a tenth of them, and at all':44}{memory[0]:6} {memory[1]:5} MB")
