"""Message catalogues: what translators write, compiled to what pages read."""

import os
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.mofile import write_mo

from himaya.config.languages import OFFICERS, WRITTEN_IN
from himaya.installation.catalogues import catalogues, is_lacking, read
from himaya.kernel.tongues import standing_in

COMPLETE = frozenset(code for code, _name in OFFICERS)


def compile_messages(directory: Path) -> int:
    """Compile each catalogue that is newer than its compiled form; returns how many.

    A sentence that is missing, or a guess (fuzzy), is left out: the page then shows the English
    one. In a language of the reporters' site alone it shows it with a mark.
    """
    compiled = 0
    for written in catalogues(directory):
        made = written.with_suffix(".mo")
        if made.exists() and made.stat().st_mtime >= written.stat().st_mtime:
            continue
        _compile(written, made)
        compiled += 1
    return compiled


def _compile(written: Path, made: Path) -> None:
    catalogue = read(written)
    if written.parts[-3] not in COMPLETE:
        for message in catalogue:
            if message.id and is_lacking(message):
                _stand_in(message, catalogue.num_plurals)
    unfinished = made.with_suffix(f".{os.getpid()}")  # two processes may compile at once
    with unfinished.open("wb") as target:
        write_mo(target, catalogue)
    unfinished.replace(made)


def _stand_in(message: Message, plurals: int) -> None:
    """Fill the gap with the sentence as it was written. Its last form is the one for many."""
    message.flags.discard("fuzzy")
    if isinstance(message.id, str):
        message.string = standing_in(message.id, WRITTEN_IN)
    else:
        message.string = (standing_in(message.id[-1], WRITTEN_IN),) * plurals
