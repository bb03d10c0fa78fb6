"""The installation's keys: made once, kept outside the database, readable by its user only."""

import os
import secrets
from pathlib import Path

import pyrage
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
    "tombstones",  # authenticates what was shredded, in the file that a restore replays
    "compartments",  # authenticates public keys of compartments
    "members",  # authenticates public keys of officers, and proposed keys of desks
    "facts",  # makes nameless keys of facts
    "tokens",  # turns names, documents and telephone numbers into blind tokens
    "likeness",  # tells which reports are like each other, without their words
    "accountability",  # draws openings for review and tells which cases are canaries
    "doors",  # tells a message that came before, and a partner's key, without keeping either
    "totp",  # seals second factors in the database
)
PAIRS = (
    "registrar",  # signs public keys of desks
    "checkpoint",  # signs heads of the ledger
)
# Whose private half a country takes off the machine, once it is made.
MAY_BE_ELSEWHERE = frozenset({"registrar"})
IDENTITIES = (
    "outbox",  # what officers seal to it the worker alone opens and sends
)


def make_keys(directory: Path) -> None:
    """Make the keys that were never made. One that exists is never replaced: things depend on it.

    A list remembers which were made: one that was made and is gone must come back from a copy.
    """
    noted = directory / LIST
    made = set(noted.read_text(encoding="ascii").split()) if noted.exists() else set()
    for name in (*NAMES, *PAIRS, *IDENTITIES):
        if name in made & MAY_BE_ELSEWHERE:
            continue
        if name in made and not (directory / name).exists():
            message = f"The key {directory / name} is gone. Put it back from your copy of the keys."
            raise Failure(message)
        if not (directory / name).exists():
            _make(directory, name)
    if made != {*NAMES, *PAIRS, *IDENTITIES}:
        write_secret(noted, " ".join((*NAMES, *PAIRS, *IDENTITIES)))


def _make(directory: Path, name: str) -> None:
    if name in PAIRS:
        _make_pair(directory, name)
    elif name in IDENTITIES:
        _make_identity(directory, name)
    else:
        write_secret(directory / name, secrets.token_hex(KEY_BYTES))


def _make_pair(directory: Path, name: str) -> None:
    private = Ed25519PrivateKey.generate()
    write_secret(directory / f"{name}.pub", private.public_key().public_bytes_raw().hex())
    write_secret(directory / name, private.private_bytes_raw().hex())


def _make_identity(directory: Path, name: str) -> None:
    """An age key pair, as the age program writes it, in hexadecimal like every other key."""
    identity = pyrage.x25519.Identity.generate()
    write_secret(directory / f"{name}.pub", str(identity.to_public()).encode().hex())
    write_secret(directory / name, str(identity).encode().hex())


def write_secret(path: Path, content: str) -> None:
    """Write a secret whole or not at all, never readable by another user for a moment."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{content}\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
