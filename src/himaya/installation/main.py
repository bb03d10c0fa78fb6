"""The `himaya` command: finds the command that was named, reads its arguments, runs it."""

import argparse
import importlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, cast

from himaya.installation.commands import COMMANDS, Command, overview
from himaya.installation.failure import Failure
from himaya.installation.guard import guarded


class CommandModule(Protocol):
    """What a file in `commands` offers."""

    def add(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; returns the exit code."""


def main(arguments: Sequence[str]) -> int:
    """Run one command. Returns its exit code."""
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(overview())
        return 0 if arguments else 2
    return guarded(lambda: _run(arguments[0], arguments[1:]))


def _run(name: str, rest: Sequence[str]) -> int:
    command = next((known for known in COMMANDS if known.name == name), None)
    if command is None:
        raise Failure(f"There is no command {name}. ./himaya --help lists them.")
    module = cast(CommandModule, importlib.import_module(command.module))
    return module.run(read(command, module, rest))


def read(command: Command, module: CommandModule, arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments of a command. `--data` may stand anywhere, also after a subcommand."""
    everywhere = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    _add_data(everywhere)
    common, rest = everywhere.parse_known_args(arguments)
    parser = argparse.ArgumentParser(
        prog=f"himaya {command.name}",
        description=module.__doc__,
        epilog=command.after,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=not command.passes_on,
    )
    if command.passes_on:  # -h is for the program that the rest is passed on to
        parser.add_argument("--help", action="help", help="show this and end")
    _add_data(parser)
    module.add(parser)
    options, others = parser.parse_known_args(rest)
    if others and not command.passes_on:
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    options.rest = others
    options.data = common.data.absolute()
    return options


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        default=Path(os.environ.get("HIMAYA_DATA", "data")),
        help="the installation's directory (default: ./data)",
    )
