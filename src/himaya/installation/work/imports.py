"""Importing one published file, as the figures' database role."""

import json
import sys
from argparse import Namespace
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import cast

from django.db import connection, transaction

from himaya.installation.failure import Failure
from himaya.installation.progress import say
from himaya.kernel.access import job
from himaya.kernel.errors import Refusal
from himaya.statistics.operations import Tally, store_file
from himaya.statistics.reading.incoming import read_ctdc, read_glotip

READERS = {"ctdc": read_ctdc, "glotip": read_glotip}


def run(options: Namespace) -> int:
    """Read and store the file; returns 0 when it holds at least one line that could be read."""
    try:
        tally = bring_in(options.kind, options.file)
    except Refusal as refusal:
        raise Failure(f"{options.file}: {refusal.sentence()}") from refusal
    if options.json:
        print(json.dumps(asdict(tally)))
    else:
        _print(tally)
    return 0 if tally.stored or tally.duplicate else 1


def bring_in(kind: str, path: Path) -> Tally:
    """Store what the file holds, in one transaction."""
    content = path.read_bytes()
    say(f"Reading {path.name}")
    with transaction.atomic():
        at = _now()
        incoming = READERS[kind](content, latest_year=at.year)
        say(f"Storing {len(incoming.rows)} lines")
        return store_file(actor=job("import"), at=at, name=path.name, incoming=incoming)


def _now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cast(datetime, cursor.fetchone()[0])


def _print(tally: Tally) -> None:
    for rejection in tally.rejections:
        print(f"line {rejection.line}: {rejection.reason}", file=sys.stderr)
    counts = {
        "read": tally.read,
        "stored": tally.stored,
        "duplicate": tally.duplicate,
        "rejected": tally.rejected,
    }
    for name, number in counts.items():
        print(f"{name:<10}{number:>10,}")
