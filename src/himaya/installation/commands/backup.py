"""Put the whole installation into one file, sealed to keys that are not on this machine.

It opens with the recovery key in force (enough shares of it together), and with every age recipient
that stands, one a line, in backup-recipients in the data directory. Works while `up` runs.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from himaya.installation.inside import run_inside


def add(parser: ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup; must not exist yet")
    parser.add_argument("--json", action="store_true", help="what was put away, as JSON")


def run(options: Namespace) -> int:
    """Make it."""
    return run_inside(options, "backup", settings="command")
