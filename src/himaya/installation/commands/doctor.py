"""Is this installation safe?

Looks at files of keys, the database and its rights, both sites' settings, what is installed, who
keeps which key. Says of each unsafe thing what to do. Ends with 1 when people could come to harm.
"""

from argparse import ArgumentParser, Namespace

from himaya.installation.inside import run_inside


def add(parser: ArgumentParser) -> None:
    """In which form."""
    parser.add_argument("--json", action="store_true", help="the findings as one line of JSON")


def run(options: Namespace) -> int:
    """Examine; returns 0 when nothing dangerous was found."""
    return run_inside(options, "doctor", settings="worker")
