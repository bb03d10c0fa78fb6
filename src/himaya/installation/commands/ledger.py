"""Prove that nothing in the ledger, and no row it knows of, was rewritten.

`verify` reads every entry, every signed head and every digested row. It prints what it looked at;
when something is wrong it names the first bad entry and exits with 1.
"""

from argparse import ArgumentParser, Namespace

from himaya.installation.inside import run_inside


def add(parser: ArgumentParser) -> None:
    """What to do with the ledger."""
    words = parser.add_subparsers(dest="what", required=True, metavar="verify")
    verify = words.add_parser("verify", help="prove the whole history", allow_abbrev=False)
    verify.add_argument("--json", action="store_true", help="the finding as one line of JSON")


def run(options: Namespace) -> int:
    """Verify; returns 0 when everything is as the ledger says."""
    return run_inside(options, "ledger", settings="worker")
