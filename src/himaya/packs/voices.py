"""Recorded voices of a pack: a clip for a page in a language, where the country has one.

They lie in the pack's folder `voice/`, named `<page>.<language>.mp3`, for example `now.am.mp3`.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from himaya.config.languages import CODES
from himaya.packs.errors import Fault

FOLDER, ENDING = "voice", ".mp3"
LARGEST = 20 * 1024  # bytes: what a slow telephone fetches in four seconds
NAME = "language"  # the language says its own name, for whoever cannot read it
PAGES = frozenset({NAME, "first", "now", "before", "sent"})
CARD = "card-"  # and the id of a question of the screening card
BEGINNINGS = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")
LETTERS = 24


def clips(folder: Path) -> dict[tuple[str, str], Path]:
    """The clips of a pack, by page and language."""
    found = {}
    for path in sorted((folder / FOLDER).glob(f"*{ENDING}")):
        page, _dot, language = path.stem.partition(".")
        found[page, language] = path
    return found


def name_of(path: Path) -> str:
    """What a clip is called on the site: it tells neither its page nor its language."""
    return sha256(path.read_bytes()).hexdigest()[:LETTERS]


def faults_of_voices(folder: Path) -> Iterator[Fault]:
    """Clips of no page, in no language of the site, too large, or that are no sound."""
    if not (folder / FOLDER).is_dir():
        return
    for path in sorted((folder / FOLDER).iterdir()):
        page, _dot, language = path.stem.partition(".")
        is_page = page in PAGES or page.startswith(CARD)
        if path.suffix != ENDING or not is_page or language not in CODES:
            known = ", ".join([*sorted(PAGES), f"{CARD}QUESTION"])
            yield _fault(path, f"a clip is called PAGE.LANGUAGE{ENDING}, PAGE one of {known}")
        elif path.stat().st_size > LARGEST:
            yield _fault(path, f"a clip has at most {LARGEST} bytes")
        elif not path.read_bytes().startswith(BEGINNINGS):
            yield _fault(path, "this is no MP3 file")


def _fault(path: Path, reason: str) -> Fault:
    return Fault(str(path), 1, reason)
