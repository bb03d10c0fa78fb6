"""The first officers of a real installation. Every later one is enrolled on the officers' site.

`found` names two personnel officers of two different agencies and prints one paper for each: a
token that lets them in once, within three days. Hand it over in person. It may be repeated until
one of the two has come in; the former papers are then worth nothing.
"""

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from himaya.installation.inside import run_inside

TWO = 2


def add(parser: ArgumentParser) -> None:
    """Who they are."""
    words = parser.add_subparsers(dest="what", required=True, metavar="found")
    found = words.add_parser(
        "found", help="name the first two personnel officers", allow_abbrev=False
    )
    found.add_argument(
        "founders",
        nargs=TWO,
        type=founder,
        metavar="AGENCY:USERNAME",
        help="the agency's code in the country pack, and the officer's user name",
    )


def founder(written: str) -> tuple[str, str]:
    """An agency's code and a user name."""
    agency, colon, username = written.partition(":")
    if not (agency and colon and username):
        raise ArgumentTypeError(f"{written} is not AGENCY:USERNAME")
    return agency, username


def run(options: Namespace) -> int:
    """Name them and print their papers."""
    return run_inside(options, "officers", settings="command")
