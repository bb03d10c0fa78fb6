"""Hand out what everybody may have: the directory of services, to standard output or a file.

Of a confidential location only the district goes out. The list is written while it is read, so its
length does not matter.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from himaya.installation.inside import run_inside

KINDS = {"hsds": "services in the form of Open Referral HSDS 3.0, a JSON list"}


def add(parser: ArgumentParser) -> None:
    """Which kind, and where to."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    for name, explained in KINDS.items():
        kind = kinds.add_parser(name, help=explained, description=explained, allow_abbrev=False)
        kind.add_argument(
            "-o", "--output", metavar="FILE", type=Path, help="a new file; else standard output"
        )


def run(options: Namespace) -> int:
    """Write the list; returns the exit code."""
    return run_inside(options, "services_out", settings="command")
