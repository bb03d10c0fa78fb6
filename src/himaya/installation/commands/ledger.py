"""Prove that nothing in the ledger, and no row it knows of, was rewritten.

verify      read every entry, every signed head, every tile and every digested row; print what was
            looked at, name the first bad entry, and exit with 1 when something is wrong.
            With --proof FILE: check a proof file instead, offline, with public keys alone.
checkpoint  the newest signed head, with the co-signatures of the witnesses
prove       a proof file: of one entry, or of growth between two heads
witness     the other bodies that watch the ledger: list them, ask them now, trust one more
digest      the report desks in numbers, day by day, each checked against its signature
"""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from himaya.installation import proof_checking
from himaya.installation.failure import Failure
from himaya.installation.inside import run_inside

MOST_SIZES = 2  # the older and the newer
ANSWERS = ("list", "ask", "add", "key")


def add(parser: ArgumentParser) -> None:
    """What to do with the ledger."""
    words = parser.add_subparsers(
        dest="what", required=True, metavar="verify|checkpoint|prove|witness|digest"
    )
    verify = words.add_parser("verify", help="prove the whole history", allow_abbrev=False)
    _json(verify)
    proof_checking.add(verify)
    checkpoint = words.add_parser("checkpoint", help="the newest signed head", allow_abbrev=False)
    _output(checkpoint)
    _json(checkpoint)
    _add_prove(words.add_parser("prove", help="a proof as a file", allow_abbrev=False))
    _json(words.add_parser("digest", help="the desks' numbers by day", allow_abbrev=False))
    _add_witness(words.add_parser("witness", help="who watches the ledger", allow_abbrev=False))


def _add_prove(parser: ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("index", nargs="?", type=_count, metavar="INDEX", help="an entry's number")
    which.add_argument("--entry", metavar="ID", help="an entry's id")
    which.add_argument(
        "--consistency",
        nargs="+",
        type=_count,
        metavar=("OLD", "NEW"),
        help="that the tree of NEW entries (a signed size; without it the newest) begins with OLD",
    )
    parser.add_argument(
        "--closed", action="store_true", help="the entry's commitment only, without its content"
    )
    _output(parser)
    _json(parser)


def _add_witness(parser: ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=ANSWERS,
        nargs="?",
        default="list",
        help="list (the default), ask them now, add one, or print the key that a witness needs",
    )
    parser.add_argument("given", nargs="*", metavar="NAME VKEY URL", help="whom to add")
    _json(parser)


def _output(parser: ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="the file; else it is printed"
    )


def _json(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="the finding as one line of JSON")


def _count(written: str) -> int:
    """A number that a person gave, 0 or above."""
    if not written.isascii() or not written.isdecimal():
        raise ArgumentTypeError(f"{written} is not a number of entries")
    return int(written)


def run(options: Namespace) -> int:
    """Returns 0 when everything is as the ledger says."""
    if options.what == "verify" and options.proof:
        return proof_checking.run(options)
    if options.what == "prove" and options.consistency and len(options.consistency) > MOST_SIZES:
        raise Failure("--consistency takes one size or two.")
    if options.what == "witness" and (options.action == "add") != bool(options.given):
        raise Failure("Only `add` takes more: the name of the witness, its key and its address.")
    return run_inside(options, "ledger", settings="worker")
