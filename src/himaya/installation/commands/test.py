"""The tests, on a private PostgreSQL of their own.

Without an option: all of them; the journeys in a browser are left out, and that is said, where no
Chromium is. Every other argument goes to pytest, for example: himaya test --fast tests/vault

himaya test --threat B7                  what proves one row of docs/threat-model.md: green
himaya test --threat B7 --control-off    the same with the control switched off: must be red
himaya test --machine                    also what asks much of the machine: FUSE, long loops
himaya test --share 2/3                  of the slow tests the second third, whole files at a time
"""

from argparse import ArgumentParser, Namespace

from himaya.installation import processes
from himaya.installation.commands import check
from himaya.installation.developing import browser, need_tree, run_in_tree
from himaya.installation.failure import Failure

INSTALL = "sudo apt-get install chromium fonts-noto-core, or name a browser in HIMAYA_CHROMIUM"
FAST = "not slow and not journey and not race"
# A file stays with one of the two processes: what it made once is made once.
BOTH_CORES = ["--numprocesses=2", "--dist=loadfile"]


def add(parser: ArgumentParser) -> None:
    """How much."""
    how_much = parser.add_mutually_exclusive_group()
    how_much.add_argument("--fast", action="store_true", help="only what takes a minute altogether")
    how_much.add_argument(
        "--all", action="store_true", help="the checks, then everything; needs Chromium"
    )
    how_much.add_argument(
        "--threat", metavar="ROW", help="only what proves this row of docs/threat-model.md"
    )
    parser.add_argument(
        "--control-off",
        action="store_true",
        help="with --threat: with the control switched off, which must be red",
    )
    parser.add_argument(
        "--machine",
        action="store_true",
        help="also what needs FUSE, namespaces or patience; says at the end what could not run",
    )
    parser.add_argument(
        "--share", metavar="K/N", help="of the slow tests only one share of N, for a run in a hurry"
    )


def run(options: Namespace) -> int:
    """Run them; returns pytest's exit code, or that of the checks when they failed."""
    need_tree()
    if options.control_off and not options.threat:
        raise Failure("--control-off asks about one row: add --threat with its id.")
    found = browser()
    if options.all and found is None:
        raise Failure(f"The journeys need Chromium. Try: {INSTALL}.")
    checks = check.run(Namespace(fix=False)) if options.all else 0
    tests = [_run_part(part, options, found) for part in _parts(options, found)]
    if found is None and not options.fast:
        print(f"The journeys in a browser did NOT run: there is no Chromium. Try: {INSTALL}.")
    return max(*tests, checks)


def _parts(options: Namespace, browser: str | None) -> list[list[str]]:
    """What one after the other is run: journeys alone, because a browser uses both cores itself."""
    if options.fast:
        return [[*_cores(options), "-m", FAST]]
    if options.rest or options.threat:
        return [[] if browser else ["-m", "not journey"]]
    rest = [*_cores(options), "-m", "not journey"]
    return [rest, ["-m", "journey"]] if browser else [rest]


def _cores(options: Namespace) -> list[str]:
    """Two processes for all of it; one where somebody looks for something."""
    return [] if options.rest else BOTH_CORES


def _run_part(part: list[str], options: Namespace, browser: str | None) -> int:
    command = processes.module("pytest", *part, *_asked(options), *options.rest)
    return run_in_tree(command, {"HIMAYA_CHROMIUM": browser} if browser else None)


def _asked(options: Namespace) -> list[str]:
    """What tests/conftest.py chooses by."""
    return [
        *(["--threat", options.threat] if options.threat else []),
        *(["--control-off"] if options.control_off else []),
        *(["--machine"] if options.machine else []),
        *([f"--share={options.share}"] if options.share else []),
    ]
