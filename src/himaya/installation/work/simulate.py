"""Writing an invented country, as the owner of the tables."""

import json
import time
from argparse import Namespace
from random import Random

from django.db import transaction
from psycopg.conninfo import make_conninfo

from himaya.audit.record import record
from himaya.audit.simulated import SIMULATED
from himaya.installation.clock import now
from himaya.installation.progress import Bar
from himaya.installation.simulation.content import seal_some
from himaya.installation.simulation.writing import Simulated, write
from himaya.kernel.access import job


def run(options: Namespace) -> int:
    """Write facts and worklist rows, then the sealed content of the first cases; returns 0."""
    with transaction.atomic():
        at = now()

    def note(found: Simulated) -> None:
        """Say which rows are invented before any is kept: an entry without rows harms nobody."""
        facts = {"prefix": found.prefix, "cases": found.cases, "seed": options.seed}
        with transaction.atomic():
            record(act=SIMULATED, actor=job("simulation"), at=at, facts=facts)

    began = time.perf_counter()
    with Bar("Inventing cases", options.cases) as bar:
        server = options.server
        found = write(
            make_conninfo(server.administrator(), dbname=server.database),
            count=options.cases,
            seed=options.seed,
            now=at,
            tellers=options.processes,
            progress=bar.upto,
            standing=note,
        )
    seconds = time.perf_counter() - began
    number = min(options.sealed, options.cases)
    with Bar("Sealing what they said", number) as bar:
        chance = Random(options.seed)  # noqa: S311 - invented words
        sealed = seal_some(found.prefix, number, chance=chance, at=at, progress=bar.upto)
    told = {
        "cases": found.cases,
        "rows": found.rows,
        "sealed": sealed,
        "seconds": round(seconds, 1),
        "cases_per_second": round(found.cases / seconds),
    }
    if options.json:
        print(json.dumps(told))
    else:
        print("\n".join(f"{name.replace('_', ' '):18}{value:>12,}" for name, value in told.items()))
    return 0
