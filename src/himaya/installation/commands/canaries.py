"""Plant invented cases that nobody has a reason to open; whoever opens one raises an alarm.

They look like ended cases of a desk, stand on no list of work and in no figure. Which they are is
kept as a tag under the key `secrets/accountability`, and is printed nowhere.
"""

from argparse import ArgumentParser, Namespace

from himaya.installation.inside import run_inside


def add(parser: ArgumentParser) -> None:
    """How many, and where."""
    words = parser.add_subparsers(dest="what", required=True, metavar="plant")
    plant = words.add_parser("plant", help="plant invented cases", allow_abbrev=False)
    plant.add_argument(
        "--number", type=int, default=3, metavar="N", help="so many a desk (default: 3)"
    )
    plant.add_argument("--desk", metavar="CODE", help="at this desk only")


def run(options: Namespace) -> int:
    """Plant them; returns 0."""
    return run_inside(options, "canaries", settings="command")
