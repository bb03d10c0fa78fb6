"""Importing services of HSDS, as the owner of the tables."""

import json
import sys
from argparse import Namespace
from dataclasses import asdict

from django.db import transaction

from himaya.directory.hsds.stream import services_of
from himaya.directory.operations.bringing_in import Rejection, Tally, bring_in
from himaya.installation.clock import now
from himaya.installation.failure import Failure
from himaya.installation.progress import say
from himaya.kernel.access import job
from himaya.kernel.errors import Refusal

COUNTS = ("read", "stored", "changed", "duplicate", "rejected")


def run(options: Namespace) -> int:
    """Read and store the file; returns 0 when at least one of its services stands here now."""
    rejections: list[Rejection] = []
    try:
        tally = _brought_in(options, rejections)
    except Refusal as refusal:
        raise Failure(f"{options.file}: {refusal.sentence()}") from refusal
    if options.json:
        print(json.dumps(_as_json(tally, rejections)))
    else:
        _print(tally)
    return 0 if tally.stored or tally.changed or tally.duplicate else 1


def _brought_in(options: Namespace, rejections: list[Rejection]) -> Tally:
    rejected = rejections.append if options.json else _say_rejected
    say(f"Reading {options.file.name}")
    with options.file.open("rb") as file, transaction.atomic():
        return bring_in(
            actor=job("import"), at=now(), services=services_of(file), rejected=rejected
        )


def _say_rejected(one: Rejection) -> None:
    print(f"line {one.line}, {one.pointer or '/'}: {one.reason}", file=sys.stderr)


def _as_json(tally: Tally, rejections: list[Rejection]) -> dict[str, object]:
    counts = {name: getattr(tally, name) for name in COUNTS}
    listed = [asdict(one) for one in rejections]
    return {**counts, "left_out": sorted(tally.left_out), "rejections": listed}


def _print(tally: Tally) -> None:
    for name in COUNTS:
        print(f"{name:<10}{getattr(tally, name):>10,}")
    if tally.left_out:
        print(f"not kept: {', '.join(sorted(tally.left_out))}")
