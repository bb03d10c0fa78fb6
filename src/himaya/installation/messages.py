"""Message catalogues: what translators write, compiled to what pages read."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_messages(directory: Path) -> int:
    """Compile each catalogue that is newer than its compiled form; returns how many.

    A fuzzy entry is a guess and is left out: the page then shows the English sentence.
    """
    compiled = 0
    for written in sorted(directory.glob("*/LC_MESSAGES/*.po")):
        made = written.with_suffix(".mo")
        if made.exists() and made.stat().st_mtime >= written.stat().st_mtime:
            continue
        _compile(written, made)
        compiled += 1
    return compiled


def _compile(written: Path, made: Path) -> None:
    with written.open("rb") as source:
        catalogue = read_po(source, locale=written.parents[1].name)
    unfinished = made.with_suffix(f".{os.getpid()}")  # two processes may compile at once
    with unfinished.open("wb") as target:
        write_mo(target, catalogue)
    unfinished.replace(made)
