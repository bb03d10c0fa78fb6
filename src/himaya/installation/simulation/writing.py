"""Writing an invented country into an installation: facts and worklist rows by COPY."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom

import psycopg

from himaya.cases.models import Case
from himaya.installation.simulation.ground import opened_wide
from himaya.installation.simulation.lives import CHUNK
from himaya.installation.simulation.numbers import prefix_of, tail_of
from himaya.installation.simulation.tellers import told
from himaya.installation.simulation.telling import TABLES, Wanted

SYSTEM = SystemRandom()
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Simulated:
    """What was written. prefix: the first eight digits of the id of every row of it."""

    cases: int
    rows: int
    prefix: str


def write(
    dsn: str,
    *,
    count: int,
    seed: int,
    now: datetime,
    tellers: int,
    progress: Progress,
    standing: Callable[[Simulated], None],
) -> Simulated:
    """Write so many invented cases, all or none.

    dsn: of a superuser of the database. tellers: processes that tell the rows; what is written is
    the same however many there are. standing: called when every row stands and none is kept yet.
    The beginning and the end of the ids differ each time; all else is the seed's.
    """
    taken = tuple(Case.objects.values_list("pseudonym", flat=True))
    wanted = Wanted(count, seed, now, prefix_of(SYSTEM), tail_of(SYSTEM), taken)
    with psycopg.connect(dsn) as line:
        with opened_wide(line, TABLES, rows=count, prefix=wanted.prefix):
            rows = _copied(line, wanted, tellers, progress)
        found = Simulated(count, rows, wanted.prefix)
        standing(found)
    return found


def _copied(
    line: psycopg.Connection[tuple[object, ...]], wanted: Wanted, tellers: int, progress: Progress
) -> int:
    """How many rows were copied in."""
    rows = 0
    with line.cursor() as cursor:
        for number, blocks in enumerate(told(wanted, tellers), start=1):
            rows += sum(block.copy(cursor) for block in blocks)
            progress(min(number * CHUNK, wanted.count))
    return rows
