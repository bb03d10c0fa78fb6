"""The keys: who holds the desks', the next one for a desk, and the recovery key.

`rotate` gives desks a next key. `sign` puts in force what waits. Both need the registrar's private
key for that: without it a new key is only proposed, and everything goes on with the former one.
`ceremony` makes the recovery key; `recover` uses it.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from himaya.installation.commands.keys_recovery import add_ceremony, add_recover
from himaya.installation.failure import Failure
from himaya.installation.inside import run_inside

# Subcommand → the module of `work` that does it.
WORK = {
    "list": "keys",
    "rotate": "keys",
    "sign": "keys",
    "ceremony": "ceremony",
    "recover": "recover",
}


def add(parser: ArgumentParser) -> None:
    """What to do with the keys."""
    words = parser.add_subparsers(dest="what", required=True, metavar="WHAT")

    def word(name: str, summary: str) -> ArgumentParser:
        return words.add_parser(name, help=summary, allow_abbrev=False)

    _add_list(word("list", "desks, their keys, who holds them, what waits"))
    _add_rotate(word("rotate", "give a desk, or every desk, its next key"))
    _add_registrar(word("sign", "sign the keys that wait for the registrar"))
    add_ceremony(word("ceremony", "make a recovery key and hand out its shares"))
    add_recover(word("recover", "open a desk's keys with shares of the recovery key"))


def run(options: Namespace) -> int:
    """Show or change keys; returns the exit code."""
    registrar = getattr(options, "registrar", None)
    if registrar is not None and not registrar.is_file():
        raise Failure(f"There is no file {registrar}.")
    return run_inside(options, WORK[options.what], settings="command")


def _add_list(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as one line of JSON")


def _add_rotate(parser: ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("desk", nargs="?", metavar="DESK", help="the desk's code")
    which.add_argument("--all", action="store_true", help="every desk")
    _add_registrar(parser)


def _add_registrar(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--registrar",
        type=Path,
        metavar="FILE",
        help="the registrar's private key (default: registrar among the secrets, if it is there)",
    )
