"""An invented country of so many cases, for load, training and demonstrations.

Its persons follow published counts of CTDC; what becomes of them is drawn. The same seed draws the
same country. Only in a demonstration: invented cases beside real ones would spoil the figures.
"""

import os
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from himaya.installation import processes
from himaya.installation.failure import Failure
from himaya.installation.inside import run_inside
from himaya.installation.place import Place

SEALED = 1000
ENOUGH = 4  # processes: one connection copies in what they tell
MOST = 1_500_000  # pseudonyms are two million, and each must be found by chance


def add(parser: ArgumentParser) -> None:
    """How many, and drawn from which seed."""
    parser.add_argument("--cases", metavar="N", type=_number, required=True, help="how many cases")
    parser.add_argument(
        "--sealed",
        metavar="N",
        type=int,
        default=SEALED,
        help=f"how many have sealed words too ({SEALED}); the others have facts only",
    )
    parser.add_argument("--seed", type=int, default=1, help="draws the same country again (1)")
    parser.add_argument(
        "--processes",
        metavar="N",
        type=int,
        default=min(os.cpu_count() or 1, ENOUGH),
        help="how many processes tell the rows (one a processor); the same country in any case",
    )
    parser.add_argument("--json", action="store_true", help="what was written, as one line of JSON")


def _number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= MOST:
        raise ArgumentTypeError(f"give a number of cases between 1 and {MOST}")
    return int(text)


def run(options: Namespace) -> int:
    """Write the cases; returns the exit code."""
    place = Place(options.data)
    if processes.kind_of(place) != processes.DEMO or not place.officers.exists():
        raise Failure(
            f"{options.data} holds no invented people: it is not a demonstration, or `up` has not "
            "run yet. Cases are invented in a demonstration only."
        )
    return run_inside(options, "simulate", settings="command")
