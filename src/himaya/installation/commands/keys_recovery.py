"""The arguments of `keys ceremony` and `keys recover`."""

from argparse import ArgumentParser
from pathlib import Path


def add_ceremony(parser: ArgumentParser) -> None:
    """Who keeps shares, how many open, and where they go."""
    parser.description = (
        "Make a new recovery key. Its shares are shown one at a time, each to be written on paper "
        "by its keeper and typed back once; or they are written to files for a script. The old "
        "recovery key is opened with its shares, and is dead afterwards."
    )
    parser.add_argument(
        "--body",
        action="append",
        required=True,
        metavar="CODE",
        help="an agency of the country pack that keeps a share; once for each, all different",
    )
    parser.add_argument(
        "--open-with",
        type=int,
        required=True,
        metavar="M",
        help="how many of the shares open the key together (at least 2)",
    )
    parser.add_argument(
        "--into", type=Path, metavar="DIR", help="write one file a share here and show none"
    )
    parser.add_argument(
        "--registrar",
        type=Path,
        metavar="FILE",
        help="the registrar's private key (default: registrar among the secrets, if it is there)",
    )
    former = parser.add_mutually_exclusive_group()
    former.add_argument(
        "--share",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="a share of the old recovery key; typed in when there is no file",
    )
    former.add_argument(
        "--old-shares-lost",
        action="store_true",
        help="too few old shares are left: desks are covered as their members unlock",
    )


def add_recover(parser: ArgumentParser) -> None:
    """Which desk, for whom, with which shares."""
    parser.description = (
        "Open a desk's keys with shares of the recovery key and give them to an officer who sits "
        "at that desk. For when no member is left who could admit a colleague. It is an entry of "
        "the ledger and shows on the data protection officer's page."
    )
    parser.add_argument("desk", metavar="DESK", help="the desk's code in the country pack")
    parser.add_argument("--officer", required=True, metavar="NAME", help="the officer's user name")
    parser.add_argument(
        "--share",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="a share of the recovery key; typed in when there is no file",
    )
