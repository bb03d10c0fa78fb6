"""The witnesses that this installation trusts: one small file each in `DIR/witnesses`.

A file is named as people here call the witness and has two lines: its public key as a C2SP
verifier key, and the address (an URL prefix) where it speaks the tlog-witness protocol. The files
lie outside the database: who holds the database cannot put a witness of their own in.
"""

from dataclasses import dataclass
from pathlib import Path

from himaya.audit.notes import COSIGNATURE, VerifierKey


class NotAWitness(ValueError):
    """A file in `witnesses` that names nobody to trust; the message names the file."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Another body that watches the ledger grow and says so with its own key."""

    name: str
    key: VerifierKey
    url: str

    def written(self) -> str:
        """What its file holds."""
        return f"{self.key.written()}\n{self.url}\n"


def directory(data: Path) -> Path:
    """Where the trusted witnesses of an installation's data directory stand."""
    return data / "witnesses"


def trusted(data: Path) -> list[Witness]:
    """Every witness that the installation trusts. Raises NotAWitness for a file of another form."""
    return [read(path) for path in sorted(directory(data).glob("[!.]*"))]


def read(path: Path) -> Witness:
    """The witness in a file. Raises NotAWitness when it holds none."""
    try:
        key, url = path.read_text(encoding="utf-8").splitlines()
        return made(path.name, key, url)
    except ValueError as error:
        raise NotAWitness(f"{path} is not the file of a witness: {error}.") from error


def made(name: str, key: str, url: str) -> Witness:
    """A witness out of what a person was given. Raises ValueError when it cannot be one."""
    known = VerifierKey.read(key)
    if known.kind != COSIGNATURE:
        raise ValueError("the key is not for co-signing checkpoints")
    if not url.startswith(("http://", "https://")):
        raise ValueError("the address does not begin with http:// or https://")
    return Witness(name, known, url.rstrip("/"))
