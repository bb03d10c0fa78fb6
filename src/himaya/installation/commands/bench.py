"""One measurement of `bench/`, on an installation of its own that is removed afterwards.

A file there has `main(running, *, as_json) -> int`; running says where the installation's data and
sites are (`himaya.installation.temporary.Running`).
"""

import os
import runpy
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from himaya.config.env import ROOT
from himaya.installation import processes, temporary
from himaya.installation.developing import need_tree
from himaya.installation.failure import Failure

BENCH = ROOT / "bench"
SIZES = "HIMAYA_BENCH_CASES"


def names() -> list[str]:
    """The measurements there are."""
    return sorted(path.stem for path in BENCH.glob("[a-z]*.py"))


def add(parser: ArgumentParser) -> None:
    """Which one, and in which form."""
    parser.add_argument("name", metavar="NAME", help=f"one of: {', '.join(names())}")
    parser.add_argument(
        "--cases",
        metavar="N,N",
        help="for measurements of a growing country: its sizes, instead of their own",
    )
    parser.add_argument(
        "--json", action="store_true", help="only the line of JSON, without the table"
    )


def _sizes(text: str) -> str:
    """The sizes as a measurement reads them. Raises Failure unless each is larger than the last."""
    parts = text.split(",")
    numbers = [int(part) for part in parts if part.isdecimal()]
    if len(numbers) < len(parts) or sorted({0, *numbers}) != [0, *numbers]:
        raise Failure("Give sizes as growing numbers with commas between, such as 2000,20000.")
    return text


def run(options: Namespace) -> int:
    """Measure; returns the measurement's exit code."""
    need_tree()
    if options.name not in names():
        raise Failure(f"There is no measurement {options.name}. There are: {', '.join(names())}.")
    if options.cases:
        os.environ[SIZES] = _sizes(options.cases)
    with temporary.installation() as running:
        os.environ.update(processes.environment(running.place, "command"))
        return measurement(options.name)(running, as_json=options.json)


def measurement(name: str) -> Callable[..., int]:
    """What measures. It uses what the tests make, so the tree is where it may import from."""
    sys.path.append(str(ROOT))
    main: Callable[..., int] = runpy.run_path(str(BENCH / f"{name}.py"))["main"]
    return main
