"""Check, draw, compare or describe a country pack, and move cases to a newer version.

A pack is a folder of TOML files. `check` lists every fault with its file and line; nothing starts
with a pack that has one. The others need packs that are valid. `diff` also says what the new
version means for cases; while `up` runs, how many open ones stand where. A case keeps the version
it began with until `move` takes it to another, by a decision whose number is kept with each case.
"""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from himaya.installation.failure import Failure
from himaya.installation.inside import run_inside
from himaya.installation.locks import is_held
from himaya.installation.place import Place
from himaya.packs.describe import describe, replaced
from himaya.packs.diff import diff
from himaya.packs.draw import draw
from himaya.packs.effects import Standing, effects
from himaya.packs.errors import PackError
from himaya.packs.loader import load
from himaya.packs.schema import Pack

NUMBER = re.compile(r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9/_.-]{0,39}")


def add(parser: ArgumentParser) -> None:
    """What to do, and with which pack."""
    words = parser.add_subparsers(
        dest="what", required=True, metavar="check|draw|diff|move|describe"
    )

    check = words.add_parser("check", help="list every fault with its line", allow_abbrev=False)
    check.add_argument("pack", type=Path, metavar="PATH")

    drawing = words.add_parser("draw", help="the pathway as a picture", allow_abbrev=False)
    drawing.add_argument("pack", type=Path, metavar="PATH")
    drawing.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.svg")
    drawing.add_argument("--language", choices=("en", "ar"), default="en")

    comparison = words.add_parser("diff", help="what a new version changes", allow_abbrev=False)
    comparison.add_argument("pack", type=Path, metavar="OLD")
    comparison.add_argument("new", type=Path, metavar="NEW")

    moving = words.add_parser("move", help="move open cases to another version", allow_abbrev=False)
    moving.add_argument("old", metavar="OLD", help="the version by which they go, such as 1")
    moving.add_argument("new", metavar="NEW", help="a version that `up` has loaded, such as 2")
    moving.add_argument(
        "--decision", type=decision, required=True, metavar="NUMBER", help="of the decision"
    )
    moving.add_argument(
        "--states", type=Path, metavar="FILE.toml", help="where cases go whose place is gone"
    )

    words_of = words.add_parser("describe", help="the pathway as tables", allow_abbrev=False)
    words_of.add_argument("pack", type=Path, metavar="PATH")
    words_of.add_argument("--into", type=Path, metavar="FILE.md", help="renew the part in a file")


def decision(written: str) -> str:
    """The number of a decision: a few signs, and no words, since it stands in the ledger."""
    if not NUMBER.fullmatch(written):
        raise ArgumentTypeError(f"{written!r} is no number of a decision, such as NC-2026/14")
    return written


def run(options: Namespace) -> int:
    """Do it. Returns 1 when a pack is not valid, after one line for each fault."""
    if options.what == "move":
        return run_inside(options, "pack_move", settings="worker")
    try:
        pack = load(options.pack)
        return WORDS[options.what](pack, options)
    except PackError as refused:
        for fault in refused.faults:
            print(fault)
        return 1


def _check(pack: Pack, options: Namespace) -> int:
    states = sum(len(track.states) for track in pack.tracks)
    counts = [
        _count(len(pack.tracks), "track"),
        _count(states, "state"),
        _count(len(pack.steps), "step"),
        _count(len(pack.agencies), "agency", "agencies"),
        _count(len(pack.desks), "desk"),
        _count(len(pack.instruments), "instrument"),
    ]
    print(f"{options.pack}: valid. {', '.join(counts)}.")
    return 0


def _draw(pack: Pack, options: Namespace) -> int:
    _write(options.output, draw(pack, options.language))
    print(f"{options.output}: drawn.")
    return 0


def _diff(pack: Pack, options: Namespace) -> int:
    new = load(options.new)
    print("\n".join(diff(pack, new) or ["Nothing changes."]))
    standing = _standing(pack, options)
    for_cases = effects(pack, new, standing)
    if for_cases:
        print("\n".join(["", "For cases that began with the older version:", *for_cases]))
    elif standing is not None:
        print("\nNo open case stands where anything changes.")
    return 0


def _standing(pack: Pack, options: Namespace) -> Standing | None:
    """How many open cases stand where, while the installation runs; None when it does not."""
    place = Place(options.data)
    if not (place.up_lock.exists() and is_held(place.up_lock)):
        return None
    options.older, options.standing = pack, None
    run_inside(options, "pack_standing", settings="worker")
    counted: Standing = options.standing
    return counted


def _describe(pack: Pack, options: Namespace) -> int:
    if options.into is None:
        print(describe(pack))
        return 0
    try:
        document = options.into.read_text(encoding="utf-8")
        _write(options.into, replaced(document, pack))
    except (OSError, ValueError) as wrong:
        raise Failure(f"{options.into} cannot be renewed: {wrong}.") from wrong
    print(f"{options.into}: renewed.")
    return 0


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as wrong:
        raise Failure(f"{file} cannot be written: {wrong.strerror}.") from wrong


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


WORDS = {"check": _check, "draw": _draw, "diff": _diff, "describe": _describe}
