"""A hundred thousand persons written down, a fifth of them for the second time: who is recognised?

The second time they are written as another desk hears them: in another script or spelling, with
signs of a number exchanged, a day of birth guessed, a name left out. Beside what the tokens find
stand what exact comparison finds, and Splink where its Python is there (requirements-bench.lock;
HIMAYA_LINKAGE says where, .venv-bench else). --cases 10000 takes fewer persons.
"""

import csv
import json
import os
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Protocol
from uuid import uuid4

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "himaya.config.worker"
django.setup()

from django.db import connection, transaction  # noqa: E402 - needs the line above
from psycopg.conninfo import make_conninfo  # noqa: E402

from himaya.config.env import ROOT, database_from  # noqa: E402
from himaya.installation.inside import opened  # noqa: E402
from himaya.installation.temporary import Running  # noqa: E402
from himaya.recognition.operations.looking import MOST_QUESTIONS  # noqa: E402
from himaya.vault.spelling.births import birth  # noqa: E402
from himaya.vault.tokens import Domain, Said, kept_of, normalised, questions_of  # noqa: E402
from tests.factories.register import Record, register  # noqa: E402

PERSONS = 100_000
SEED = 11  # the weights were chosen on the persons of another one
OF_OTHERS = 8  # of those written for the first time every so many-th is asked about
PROBABLE = 0.9
LINKAGE = os.environ.get("HIMAYA_LINKAGE", str(ROOT / ".venv-bench/bin/python"))
COLUMNS = ("unique_id", "name", "given", "family", "document", "birth", "phone")
SIZES = "HIMAYA_BENCH_CASES"


class Finder(Protocol):
    """A way to recognise somebody."""

    way: str

    def find(self, record: Record, but: int | None = None) -> int | None:
        """Who the record is taken for, if for anybody. but: whom it is not compared with."""


@dataclass(frozen=True, slots=True)
class Result:
    """How many of the duplicates were recognised, and how many of the answers were right."""

    way: str
    recall: float
    precision: float
    seconds: float


def said(record: Record) -> list[Said]:
    """What an officer writes down of a record."""
    parts = {
        Domain.NAME: record.name,
        Domain.DOCUMENT: record.document,
        Domain.PHONE: record.phone,
        Domain.BIRTH: record.birth,
    }
    return [Said(domain, text) for domain, text in parts.items() if text]


def judged(finder: Finder, first: Sequence[Record], again: Sequence[Record]) -> Result:
    """Ask about every duplicate, and about some of those who were written down but once."""
    began = time.perf_counter()
    answers = [(finder.find(record), record.who) for record in again]
    right = sum(found == who for found, who in answers)
    wrong = sum(found not in (None, who) for found, who in answers)
    others = first[::OF_OTHERS]
    mistaken = sum(finder.find(one, but=one.who) is not None for one in others)
    wrong += round(mistaken * len(first) / len(others))
    return result(finder.way, right, wrong, len(again), began)


def result(way: str, right: int, wrong: int, duplicates: int, began: float) -> Result:
    """The shares of what was found."""
    return Result(
        way,
        round(right / duplicates, 4),
        round(right / max(right + wrong, 1), 4),
        round(time.perf_counter() - began, 1),
    )


class Exact:
    """Who has the same document, or the same name and day of birth, or name and telephone."""

    way = "exact match"

    def __init__(self, first: Iterable[Record]) -> None:
        self.known = defaultdict[tuple[str, ...], list[int]](list)
        for record in first:
            for key in self.keys(record):
                self.known[key].append(record.who)

    @staticmethod
    def keys(record: Record) -> Iterator[tuple[str, ...]]:
        """What must be equal."""
        parts = {each.domain: normalised(each.domain, each.text) for each in said(record)}
        name, day = parts.get(Domain.NAME), parts.get(Domain.BIRTH)
        if number := parts.get(Domain.DOCUMENT):
            yield "document", number
        if name and day:
            yield "name and day", name, day
        if name and (phone := parts.get(Domain.PHONE)):
            yield "name and phone", name, phone

    def find(self, record: Record, but: int | None = None) -> int | None:
        """The first who is equal."""
        found = (who for key in self.keys(record) for who in self.known.get(key, []))
        return next((who for who in found if who != but), None)


class Tokens:
    """Who the database finds by blind tokens, as at writing time."""

    way = "blind tokens"

    def __init__(self, first: Sequence[Record]) -> None:
        began = time.perf_counter()
        self.who = {uuid4(): record.who for record in first}
        self.own = {who: compartment for compartment, who in self.who.items()}
        self.took: list[float] = []
        rows = [
            (uuid4(), compartment, each.domain.value, token)
            for compartment, record in zip(self.who, first, strict=True)
            for each in said(record)
            for token in kept_of(each)
        ]
        self.each = round(len(rows) / len(self.who), 1)
        parts = ((compartment, "identity", uuid4(), "2026-01-01") for compartment in self.who)
        copied("vault_compartment (id, kind, subject_id, made_at)", parts)
        copied("vault_blindtoken (id, compartment_id, domain, token)", rows)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE vault_blindtoken")
        self.kept = round(time.perf_counter() - began, 1)

    def find(self, record: Record, but: int | None = None) -> int | None:
        """The best match."""
        began = time.perf_counter()
        questions = questions_of(said(record))[:MOST_QUESTIONS]
        asked = [
            [each.domain.value for each in questions],
            [each.token for each in questions],
            [each.worth for each in questions],
            [self.own[but]] if but is not None else [],
        ]
        with connection.cursor() as cursor:
            cursor.execute("SELECT compartment_id FROM vault_alike(%s, %s, %s, %s::uuid[])", asked)
            found = [self.who[compartment] for (compartment,) in cursor.fetchall()]
        self.took.append((time.perf_counter() - began) * 1000)
        return next((who for who in found if who != but), None)


def copied(columns: str, rows: Iterable[Sequence[object]]) -> None:
    """Put rows into a table, as many as there are."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {columns} FROM STDIN") as into:
        for row in rows:
            into.write_row(row)


def splink(first: Sequence[Record], again: Sequence[Record]) -> Result | None:
    """What Splink links in the whole list; None where it is not installed."""
    if not Path(LINKAGE).exists():
        return None
    everybody = [*first, *again]
    began = time.perf_counter()
    with TemporaryDirectory() as folder:
        records, pairs = Path(folder, "records.csv"), Path(folder, "pairs.csv")
        written(records, everybody)
        command = [LINKAGE, str(ROOT / "tools/linkage.py"), str(records), str(pairs)]
        subprocess.run(command, check=True, capture_output=True)
        with pairs.open() as lines:
            found = list(csv.DictReader(lines))
    likely = [row for row in found if float(row["match_probability"]) >= PROBABLE]
    same = [
        everybody[int(row["unique_id_l"])].who == everybody[int(row["unique_id_r"])].who
        for row in likely
    ]
    return result("Splink", sum(same), len(same) - sum(same), len(again), began)


def written(path: Path, everybody: Sequence[Record]) -> None:
    """The list as Splink reads it."""
    with path.open("w", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(COLUMNS)
        for number, record in enumerate(everybody):
            words = record.name.casefold().split()
            born = birth(record.birth)
            day = f"{born.year}-{born.month or 0:02}-{born.day or 0:02}" if born else ""
            lines.writerow(
                [number, " ".join(words), words[0], words[-1], record.document, day, record.phone]
            )


def main(running: Running, *, as_json: bool) -> int:
    """Measure, print, and end with one line of JSON."""
    number = int(os.environ.get(SIZES, str(PERSONS)).split(",")[-1])
    first, again = register(number, seed=SEED)
    results = [judged(Exact(first), first, again)]
    with opened(running.place) as server:
        dsn = make_conninfo(server.administrator(), dbname=server.database)
        connection.settings_dict.update(database_from(dsn))
        with transaction.atomic():
            tokens = Tokens(first)
            results.append(judged(tokens, first, again))
            transaction.set_rollback(True)
    results += filter(None, [splink(first, again)])
    asking = quantiles(tokens.took, n=20)
    if not as_json:
        print(f"{number} persons, {len(again)} of them for the second time:")
        for each in results:
            print(
                f"{each.way:>14}: recall {each.recall:.1%}, precision {each.precision:.1%},"
                f" {each.seconds} s"
            )
        print(
            f"{tokens.each} tokens a person, kept in {tokens.kept} s; an asking takes"
            f" {asking[9]:.1f} ms (median), {asking[18]:.1f} ms (95th percentile)."
        )
        if not Path(LINKAGE).exists():
            print("Splink is not there: docs/operating/recognition.md says how to have it.")
    print(json.dumps({"persons": number, "results": [asdict(each) for each in results]}))
    return 0
