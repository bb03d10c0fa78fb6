"""One measurement of `bench/`, on an installation of its own that is removed afterwards.

A file there has `main(running, *, as_json) -> int`; running says where the installation's data and
sites are (`himaya.installation.temporary.Running`).
"""

import os
import runpy
from argparse import ArgumentParser, Namespace

from himaya.config.env import ROOT
from himaya.installation import processes, temporary
from himaya.installation.developing import need_tree
from himaya.installation.failure import Failure

BENCH = ROOT / "bench"


def names() -> list[str]:
    """The measurements there are."""
    return sorted(path.stem for path in BENCH.glob("[a-z]*.py"))


def add(parser: ArgumentParser) -> None:
    """Which one, and in which form."""
    parser.add_argument("name", metavar="NAME", help=f"one of: {', '.join(names())}")
    parser.add_argument(
        "--json", action="store_true", help="only the line of JSON, without the table"
    )


def run(options: Namespace) -> int:
    """Measure; returns the measurement's exit code."""
    need_tree()
    if options.name not in names():
        raise Failure(f"There is no measurement {options.name}. There are: {', '.join(names())}.")
    with temporary.installation() as running:
        os.environ.update(processes.environment(running.place, "command"))
        measurement = runpy.run_path(str(BENCH / f"{options.name}.py"))
        return int(measurement["main"](running, as_json=options.json))
