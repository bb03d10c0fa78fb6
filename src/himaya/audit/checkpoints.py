"""Signed heads of the tree (C2SP tlog-checkpoint), with Ed25519."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from himaya.audit import notes
from himaya.audit.notes import ED25519, Note, VerifierKey
from himaya.config.env import environment

HASH_BYTES = 32


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says: this log had this size and this root."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def origin_name(number: int) -> str:
    """The name of the installation's log: the key it is signed with, and the how manyeth origin.

    A later origin begins when a loss was accepted (`origin.begin_anew`).
    """
    key = sha256(environment().secret("checkpoint.pub")).hexdigest()[:8]
    return f"himaya/ledger/{key}/{number}"


def origin_number(origin: str) -> int:
    """Which of the installation's origins this is: 1, 2, …; 0 for what is none of them."""
    number = origin.rpartition("/")[2]
    known = number.isascii() and number.isdecimal() and origin == origin_name(int(number))
    return int(number) if known else 0


def log_key(origin: str) -> VerifierKey:
    """The installation's public key under the name of one of its logs."""
    return VerifierKey(origin, ED25519, environment().secret("checkpoint.pub"))


def sign(head: Head) -> str:
    """The checkpoint note of a head, signed with the installation's checkpoint key."""
    return notes.sign(head.body(), head.origin, environment().secret("checkpoint")).written()


def head_in(text: str) -> Head:
    """The head that a note's text states. Raises ValueError when it states none."""
    origin, size, root = text.removesuffix("\n").split("\n")
    head = Head(origin, int(size), b64decode(root, validate=True))
    if head.body() != text or not origin or head.size < 0 or len(head.root) != HASH_BYTES:
        raise ValueError("not a checkpoint")
    return head


def read(note: str) -> Head | None:
    """The head in a note, or None when its form is wrong or this installation did not sign it."""
    try:
        found = Note.read(note)
        head = head_in(found.text)
    except ValueError:
        return None
    ours = origin_number(head.origin) > 0 and found.is_signed_by(log_key(head.origin))
    return head if ours else None
