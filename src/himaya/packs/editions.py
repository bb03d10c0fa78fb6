"""Editions: every pack that an installation ever loaded is kept whole, since cases go on by theirs.

They lie in `editions/` of the data directory, one folder each, named `<id>-<version>-<digest>`.
"""

import hashlib
import shutil
import tempfile
from pathlib import Path

from himaya.packs.errors import Fault, PackError
from himaya.packs.schema import Pack

FOLDER = "editions"
LETTERS_OF_DIGEST = 16


def code_of(pack: Pack) -> str:
    """The name under which a case keeps its edition, such as `kw 1`."""
    return f"{pack.id} {pack.version}"


def digest_of(folder: Path) -> str:
    """What the pack in a folder says, as one number: its TOML files, by name. Words beside differ
    without being another pack."""
    found = hashlib.sha256()
    for file in sorted(folder.glob("*.toml")):
        content = file.read_bytes()
        found.update(f"{file.name} {len(content)}\n".encode() + content)
    return found.hexdigest()


def keep(folder: Path, pack: Pack, data: Path) -> Path:
    """Keep the pack in a folder as an edition of the installation; returns where it lies.

    Harmless to repeat. Raises PackError when another content bears the same id and version: the
    cases that began with it would then change their rules without anybody having decided so.
    """
    digest = digest_of(folder)
    wanted = data / FOLDER / f"{_stem(code_of(pack))}{digest[:LETTERS_OF_DIGEST]}"
    for other in _named(code_of(pack), data):
        if other != wanted:
            raise PackError([Fault(str(folder / "pack.toml"), 1, _another(pack))])
    if not wanted.exists():
        _copy(folder, wanted)
    return wanted


def find(code: str, data: Path) -> Path:
    """Where the edition of that name lies. Raises PackError when it is not there or was changed."""
    folders = _named(code, data)
    if not folders:
        reason = f'the edition "{code}" is not kept here; put its folder back from a backup'
        raise PackError([Fault(str(data / FOLDER), 1, reason)])
    folder = folders[0]
    if digest_of(folder)[:LETTERS_OF_DIGEST] != folder.name.rpartition("-")[2]:
        reason = f'the edition "{code}" was changed by hand; put it back from a backup'
        raise PackError([Fault(str(folder), 1, reason)])
    return folder


def codes(data: Path) -> list[str]:
    """The names of the editions that are kept."""
    kept = (data / FOLDER).glob("*-*-*")
    return sorted({" ".join(folder.name.rsplit("-", 2)[:2]) for folder in kept})


def _stem(code: str) -> str:
    return code.replace(" ", "-") + "-"


def _named(code: str, data: Path) -> list[Path]:
    """Folders of that id and version; a version has no hyphen, so none is taken for another's."""
    stem = _stem(code)
    kept = (data / FOLDER).glob(f"{stem}*")
    return sorted(folder for folder in kept if "-" not in folder.name.removeprefix(stem))


def _another(pack: Pack) -> str:
    return (
        f'version "{pack.version}" of "{pack.id}" was loaded here with other content, and cases '
        'may have begun with it; give what you changed a new "version"'
    )


def _copy(folder: Path, wanted: Path) -> None:
    """Whole or not at all: what was cut off has another name."""
    wanted.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".", dir=wanted.parent) as begun:
        whole = Path(begun) / wanted.name
        whole.mkdir()
        for file in sorted(folder.glob("*.toml")):
            shutil.copyfile(file, whole / file.name)
        whole.rename(wanted)
