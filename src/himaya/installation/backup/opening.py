"""Opening a backup: with which keys, and into which files."""

import shutil
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import pyrage

from himaya.installation.backup.making import DUMP, FILES, MANIFEST
from himaya.installation.backup.manifest import Manifest
from himaya.installation.backup.pipes import opening
from himaya.installation.failure import Failure

KEY_LINE = "AGE-SECRET-KEY-"


def identities_in(path: Path) -> list[Any]:
    """The age identities in a file, as the age program writes it."""
    try:
        lines = path.read_text(encoding="utf-8").split()
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if _is_key(line)]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as wrong:
        raise Failure(f"{path} is no file with an age key.") from wrong
    if not found:
        raise Failure(f"{path} is no file with an age key.")
    return found


def _is_key(line: str) -> bool:
    return line.upper().startswith(KEY_LINE)


def unpack(backup: Path, identities: Sequence[Any], into: Path) -> Manifest:
    """Everything in a backup as files below a directory; returns its manifest.

    Raises Failure when no identity opens it or when it is not whole; what was written then is of
    no use.
    """
    try:
        with backup.open("rb") as source, opening(source, identities) as plain:
            _take_out(plain, into)
    except tarfile.TarError as wrong:
        raise Failure(f"{backup} is not a backup of Himaya.") from wrong
    manifest = into / MANIFEST
    if not manifest.exists():
        raise Failure(f"{backup} is not a backup of Himaya.")
    return Manifest.read(manifest.read_bytes())


def _take_out(plain: IO[bytes], into: Path) -> None:
    with tarfile.open(fileobj=plain, mode="r|") as tar, (into / DUMP).open("wb") as dump:
        for member in tar:
            content = tar.extractfile(member)
            if content is None:
                continue
            if member.name.startswith(DUMP):
                shutil.copyfileobj(content, dump)
            else:
                _write(into, member.name, content.read())


def _write(into: Path, name: str, content: bytes) -> None:
    path = (into / name).resolve()
    if not path.is_relative_to(into.resolve()):
        raise Failure(f"The backup names a file outside of it: {name}.")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(content)


def move_files(into: Path, data: Path) -> None:
    """Put the files of a data directory where they belong."""
    for path in sorted((into / FILES).rglob("*")):
        if path.is_file():
            target = data / path.relative_to(into / FILES)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.replace(target)
