"""The installation's keys: made once, kept outside the database, readable by its user only."""

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from himaya.installation.failure import Failure

KEY_BYTES = 32
LIST = "list"
NAMES = (
    "public-site",  # signs what the reporters' site sends out in forms
    "staff-site",  # signs sessions and forms of the officers' site
    "worker",
    "owner",
    "figures",
    "pepper",  # receipts: a stolen table of tags is worth nothing without it
    "carry",  # seals the hidden field of the public form between its pages
    "ledger",  # authenticates entries of the ledger
    "compartments",  # authenticates public keys of compartments
    "facts",  # makes nameless keys of facts
    "totp",  # seals second factors in the database
)
PAIRS = (
    "registrar",  # signs public keys of desks
    "checkpoint",  # signs heads of the ledger
)


def make_keys(directory: Path) -> None:
    """Make the keys that were never made. One that exists is never replaced: things depend on it.

    A list remembers which were made: one that was made and is gone must come back from a copy.
    """
    noted = directory / LIST
    made = set(noted.read_text(encoding="ascii").split()) if noted.exists() else set()
    for name in (*NAMES, *PAIRS):
        if name in made and not (directory / name).exists():
            message = f"The key {directory / name} is gone. Put it back from your copy of the keys."
            raise Failure(message)
        if not (directory / name).exists():
            _make(directory, name)
    if made != {*NAMES, *PAIRS}:
        write_secret(noted, " ".join((*NAMES, *PAIRS)))


def _make(directory: Path, name: str) -> None:
    if name in PAIRS:
        _make_pair(directory, name)
    else:
        write_secret(directory / name, secrets.token_hex(KEY_BYTES))


def _make_pair(directory: Path, name: str) -> None:
    private = Ed25519PrivateKey.generate()
    write_secret(directory / f"{name}.pub", private.public_key().public_bytes_raw().hex())
    write_secret(directory / name, private.private_bytes_raw().hex())


def write_secret(path: Path, content: str) -> None:
    """Write a secret whole or not at all, never readable by another user for a moment."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{content}\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
