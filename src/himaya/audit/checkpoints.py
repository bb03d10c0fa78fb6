"""Signed heads of the tree: C2SP signed-note and tlog-checkpoint, with Ed25519."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from himaya.config.env import environment

ED25519_NOTE = b"\x01"
KEY_ID_BYTES = 4


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says: this log had this size and this root."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def _key_id(origin: str, public: bytes) -> bytes:
    return sha256(origin.encode() + b"\n" + ED25519_NOTE + public).digest()[:KEY_ID_BYTES]


def sign(head: Head) -> str:
    """The checkpoint note of a head, signed with the installation's checkpoint key."""
    key = Ed25519PrivateKey.from_private_bytes(environment().secret("checkpoint"))
    public = environment().secret("checkpoint.pub")
    signature = _key_id(head.origin, public) + key.sign(head.body().encode())
    return f"{head.body()}\n— {head.origin} {b64encode(signature).decode()}\n"


def read(note: str) -> Head | None:
    """The head in a note, or None when its form or its signature is wrong."""
    try:
        body, signed = note.split("\n\n", 1)
        origin, size, root = body.split("\n")
        signer, blob = signed.split("\n")[0].rsplit(" ", 1)
        signature = b64decode(blob, validate=True)
        head = Head(origin, int(size), b64decode(root, validate=True))
        public = environment().secret("checkpoint.pub")
        if signer != f"— {origin}" or signature[:KEY_ID_BYTES] != _key_id(origin, public):
            return None
        key = Ed25519PublicKey.from_public_bytes(public)
        key.verify(signature[KEY_ID_BYTES:], head.body().encode())
    except (ValueError, InvalidSignature):
        return None
    return head
