"""A release counts when two people have signed its sums, each with a key of their own."""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from himaya.installation.failure import Failure
from himaya.installation.release.archive import SUMS

ENOUGH = 2
SUFFIX = ".signature"


def statement(sums: bytes) -> bytes:
    """What is signed: that these are the sums of a release of Himaya."""
    return b"himaya release v1\n" + sums


def sign(directory: Path, name: str, key: Ed25519PrivateKey) -> Path:
    """Sign the sums of a release that was built or checked on this machine."""
    _check_files(directory)
    signature = key.sign(statement((directory / SUMS).read_bytes()))
    path = directory / f"{name}{SUFFIX}"
    path.write_text(f"{b64encode(signature).decode()}\n", encoding="ascii")
    return path


def verify(directory: Path, keys: Mapping[str, Ed25519PublicKey]) -> list[str]:
    """Names of those who signed this release. Raises Failure unless there are two of them.

    keys: the people who may sign releases, by name. A file that is not as it was signed, a foreign
    signature, or the same key under two names does not count.
    """
    _check_files(directory)
    sums = statement((directory / SUMS).read_bytes())
    signers = {
        key.public_bytes_raw(): name
        for name, key in keys.items()
        if _signed(directory / f"{name}{SUFFIX}", key, sums)
    }
    if len(signers) < ENOUGH:
        raise Failure(
            f"This release is signed by {len(signers)} of the {ENOUGH} people it needs. "
            "Do not install it."
        )
    return sorted(signers.values())


def read_keys(path: Path) -> dict[str, Ed25519PublicKey]:
    """The keys of a file with lines `NAME HEX`; empty lines and lines with # are passed over."""
    keys = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, _space, written = line.partition(" ")
            keys[name] = Ed25519PublicKey.from_public_bytes(bytes.fromhex(written.strip()))
    return keys


def _check_files(directory: Path) -> None:
    for line in (directory / SUMS).read_text(encoding="ascii").splitlines():
        digest, _space, name = line.partition("  ")
        path = directory / Path(name).name
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise Failure(f"{path.name} is not the file that {SUMS} names. Do not install it.")


def _signed(path: Path, key: Ed25519PublicKey, sums: bytes) -> bool:
    try:
        key.verify(b64decode(path.read_text(encoding="ascii"), validate=False), sums)
    except (FileNotFoundError, ValueError, InvalidSignature):
        return False
    return True
