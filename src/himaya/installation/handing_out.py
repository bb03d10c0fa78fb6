"""Giving shares to their keepers, and taking shares back: on the screen, or in files."""

import os
import sys
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

from himaya.installation.failure import Failure
from himaya.installation.keys import write_secret
from himaya.vault.shares import Paper, ShareFault, combine

CLEAR = "\033[2J\033[3J\033[H"  # the screen, and what could be scrolled back to
COLUMNS = 4
Ask = Callable[[str], str]


def into_files(
    shares: Sequence[str], bodies: Sequence[str], needed: int, directory: Path
) -> list[Paper]:
    """Write one file a share, which its owner alone may read; returns what the files hold."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    paths = []
    for number, (share, body) in enumerate(zip(shares, bodies, strict=True), start=1):
        path = directory / f"share-{number}-{body}.txt"
        if path.exists():
            raise Failure(f"{path} is there already. Shares never replace others: name another.")
        heading = f"# Recovery key, share {number} of {len(bodies)}, kept by {body}."
        write_secret(path, f"{heading}\n# Any {needed} of the shares open the key.\n{share}")
        paths.append(path)
    return from_files(paths)


def on_the_screen(
    shares: Sequence[str], bodies: Sequence[str], needed: int, ask: Ask = input
) -> list[Paper]:
    """Show each share to its keeper alone; returns what they typed back from their papers."""
    papers = []
    for number, (share, body) in enumerate(zip(shares, bodies, strict=True), start=1):
        name = f"share {number} of {len(bodies)}, kept by {body}"
        ask(f"{CLEAR}Next is {name}. Nobody else looks. Press Enter to see it.")
        ask(
            f"{CLEAR}{name}; any {needed} open the key.\n\n{_table(share)}\n\nWritten? Press Enter."
        )
        papers.append(_typed_back(name, share, ask))
    ask(f"{CLEAR}All shares were read back. Press Enter to go on.")
    return papers


def _typed_back(name: str, share: str, ask: Ask) -> Paper:
    """Ask until the paper says what was shown."""
    said = ""
    while True:
        paper = Paper(name, ask(f"{CLEAR}{said}Type {name} back from the paper, on one line:\n"))
        said = _what_differs(paper, share)
        if not said:
            return paper
        ask(f"{CLEAR}{said}{_table(share)}\n\nCompare, and correct the paper. Press Enter.")


def _what_differs(paper: Paper, share: str) -> str:
    try:
        return "" if paper.mnemonic() == share else "That is another share.\n"
    except ShareFault as fault:
        return f"{fault}\n"


def _table(share: str) -> str:
    words = [f"{place:>2} {word:<10}" for place, word in enumerate(share.split(), start=1)]
    lines = [words[start : start + COLUMNS] for start in range(0, len(words), COLUMNS)]
    return "\n".join("  ".join(line).rstrip() for line in lines)


def check_every_way(papers: Sequence[Paper], needed: int, secret: bytes) -> int:
    """Put the secret together from every choice of papers that should give it; returns how many."""
    choices = list(combinations(papers, needed))
    for choice in choices:
        if combine(choice) != secret:
            raise Failure("The shares do not give the key back. Nothing was changed.")
    return len(choices)


def from_files(paths: Sequence[Path]) -> list[Paper]:
    """Shares that were written into files."""
    return [Paper(str(path), _text(path)) for path in paths]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise Failure(f"The share {path} cannot be read.") from wrong


def typed_in(ask: Ask = input) -> list[Paper]:
    """Shares as their keepers type them, until one of them is empty."""
    need_person("Give each share with --share FILE, or use a terminal to type them in.")
    papers: list[Paper] = []
    while True:
        name = f"share number {len(papers) + 1}"
        paper = Paper(name, ask(f"{CLEAR}Type {name}, on one line; Enter alone ends:\n"))
        if not paper.words():
            return papers
        papers.append(paper)


def secret_of(paths: Sequence[Path]) -> bytes:
    """The secret that shares in files, or shares typed in, give together."""
    try:
        return combine(from_files(paths) if paths else typed_in())
    except ShareFault as fault:
        raise Failure(str(fault)) from fault


def need_person(otherwise: str) -> None:
    """Refuse to talk to a script as if it were a person."""
    if not (sys.stdin.isatty() and os.isatty(sys.stdout.fileno())):
        raise Failure(otherwise)
