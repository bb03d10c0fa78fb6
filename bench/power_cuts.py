"""Power cuts under a running intake: what was acknowledged, and what of it the disk had kept.

The disk is a file system that forgets whatever was not synced (tests/factories/lossy.py, needs root
and FUSE). Every other cut is followed by a while without the database, in which reports wait on the
disk. Three controls show that the measurement can fail, each with one promise broken: a database
that acknowledges before it has synced, one that never syncs, and a spool that does not.
HIMAYA_BENCH_CUTS sets another number of cuts, for a quick look.
"""

import json
import os
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

from himaya.installation.temporary import Running
from tests.factories.cuts import SPOOL, Counted, cut_often

CUTS, CUTS_OF_A_CONTROL = int(os.environ.get("HIMAYA_BENCH_CUTS", "50")), 8
DELIVERED = "as it is delivered"
SERIES = (
    (DELIVERED, (), CUTS),
    ("synchronous_commit=off", ("synchronous_commit",), CUTS_OF_A_CONTROL),
    ("fsync=off", ("fsync",), CUTS_OF_A_CONTROL),
    ("spool not synced", (SPOOL,), CUTS_OF_A_CONTROL),
)
HEADS = (
    ("cuts", 6), ("acknowledged", 14), ("of the spool", 14), ("lost", 6), ("files lost", 12),
)  # fmt: skip
WAIT = 120


def counted(running: Running, cuts: int, without: tuple[str, ...]) -> Counted:
    """One series, on a copy of the database that is removed afterwards."""
    room = Path(tempfile.mkdtemp(prefix="himaya-cuts-"))
    room.chmod(0o711)  # PostgreSQL's user passes through
    try:
        return cut_often(running.place, room, cuts=cuts, without=without)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def row(name: str, found: Counted) -> str:
    """A line of the table."""
    numbers = (found.cuts, found.acknowledged, found.spooled, found.lost, found.files_lost)
    cells = (f"{number:{width}}" for number, (_head, width) in zip(numbers, HEADS, strict=True))
    return f"{name:24}{''.join(cells)}  {'did not start again' if found.broken else 'whole'}"


def main(running: Running, *, as_json: bool) -> int:
    """Cut, count and print; ends with 1 when something was lost, or a control lost nothing."""
    running.process.terminate()
    running.process.wait(WAIT)
    if not as_json:
        print(f"{'':24}{''.join(f'{head:>{width}}' for head, width in HEADS)}  database")
    all_found: dict[str, Counted] = {}
    for name, without, cuts in SERIES:
        found = all_found[name] = counted(running, cuts, without)
        if not as_json:
            print(row(name, found), flush=True)
    if not as_json:
        print("The aims: nothing lost as it is delivered; something lost in each other row.")
    said = {name: asdict(found) for name, found in all_found.items()}
    print(json.dumps({"aims": {"lost": 0, "lost_in_controls": ">0"}, "series": said}))
    delivered = all_found.pop(DELIVERED)
    shown = delivered.acknowledged > 0 and all(each.lost > 0 for each in all_found.values())
    return 0 if delivered.is_whole() and shown else 1
