"""Check, draw, compare or describe a country pack.

A pack is a folder of TOML files. `check` lists every fault with its file and line; nothing starts
with a pack that has one. The other three need a pack that is valid.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from himaya.installation.failure import Failure
from himaya.packs.describe import describe, replaced
from himaya.packs.diff import diff
from himaya.packs.draw import draw
from himaya.packs.errors import PackError
from himaya.packs.loader import load
from himaya.packs.schema import Pack


def add(parser: ArgumentParser) -> None:
    """What to do, and with which pack."""
    words = parser.add_subparsers(dest="what", required=True, metavar="check|draw|diff|describe")

    check = words.add_parser("check", help="list every fault with its line", allow_abbrev=False)
    check.add_argument("pack", type=Path, metavar="PATH")

    drawing = words.add_parser("draw", help="the pathway as a picture", allow_abbrev=False)
    drawing.add_argument("pack", type=Path, metavar="PATH")
    drawing.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.svg")
    drawing.add_argument("--language", choices=("en", "ar"), default="en")

    comparison = words.add_parser("diff", help="what a new version changes", allow_abbrev=False)
    comparison.add_argument("pack", type=Path, metavar="OLD")
    comparison.add_argument("new", type=Path, metavar="NEW")

    words_of = words.add_parser("describe", help="the pathway as tables", allow_abbrev=False)
    words_of.add_argument("pack", type=Path, metavar="PATH")
    words_of.add_argument("--into", type=Path, metavar="FILE.md", help="renew the part in a file")


def run(options: Namespace) -> int:
    """Do it. Returns 1 when a pack is not valid, after one line for each fault."""
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
    sentences = diff(pack, load(options.new))
    print("\n".join(sentences or ["Nothing changes."]))
    return 0


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
