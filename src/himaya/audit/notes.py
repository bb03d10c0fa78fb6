"""Signed notes: a text, a blank line, one line a signature (C2SP signed-note, tlog-cosignature)."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = 1  # a log signs the text itself
COSIGNATURE = 4  # a witness signs a moment and the text
KEY_ID_BYTES = 4
MOMENT_BYTES = 8
DASH = "— "


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name it signs under: what one party gives the other to trust."""

    name: str
    kind: int
    public: bytes

    @classmethod
    def read(cls, written: str) -> "VerifierKey":
        """The key in a line `name+id+key`. Raises ValueError when the line is no such key."""
        name, key_id, content = written.strip().split("+", 2)
        kind, public = b64decode(content, validate=True)[:1], b64decode(content)[1:]
        key = cls(name, int.from_bytes(kind, "big"), public)
        Ed25519PublicKey.from_public_bytes(public)
        if not name or key.key_id.hex() != key_id or key.kind not in {ED25519, COSIGNATURE}:
            raise ValueError("the key's number does not fit the key")
        return key

    @property
    def key_id(self) -> bytes:
        """The four bytes that stand before each signature of this key."""
        named = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return sha256(named).digest()[:KEY_ID_BYTES]

    def written(self) -> str:
        """The key as one line."""
        content = b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{content}"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: whose, and the bytes after the key's number."""

    name: str
    key_id: bytes
    blob: bytes

    def line(self) -> str:
        """The line as it stands in a note, with its end."""
        return f"{DASH}{self.name} {b64encode(self.key_id + self.blob).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and who signed it. Nothing in it counts before a trusted key has verified it."""

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def read(cls, written: str) -> "Note":
        """Take a note apart. Raises ValueError when it has another form."""
        text, blank, lines = written.rpartition("\n\n")
        if not blank or not lines.endswith("\n"):
            raise ValueError("not a signed note")
        return cls(f"{text}\n", read_signatures(lines))

    def written(self) -> str:
        """The note as a file holds it."""
        return f"{self.text}\n{''.join(each.line() for each in self.signatures)}"

    def with_signature(self, signature: Signature) -> "Note":
        """The note with one more signature; an older one of the same key makes room."""
        whose = (signature.name, signature.key_id)
        others = [each for each in self.signatures if (each.name, each.key_id) != whose]
        return Note(self.text, (*others, signature))

    def by(self, key: VerifierKey) -> Signature | None:
        """The signature line that says it is this key's."""
        for each in self.signatures:
            if (each.name, each.key_id) == (key.name, key.key_id):
                return each
        return None

    def is_signed_by(self, key: VerifierKey) -> bool:
        """True when the log with this key signed the text."""
        signature = self.by(key)
        return signature is not None and _fits(key, signature.blob, self.text.encode())

    def witnessed_at(self, key: VerifierKey) -> int | None:
        """When the witness with this key co-signed, in seconds of Unix time; None if it did not."""
        signature = self.by(key)
        if signature is None or key.kind != COSIGNATURE:
            return None
        moment = int.from_bytes(signature.blob[:MOMENT_BYTES], "big")
        said = f"cosignature/v1\ntime {moment}\n{self.text}".encode()
        return moment if _fits(key, signature.blob[MOMENT_BYTES:], said) else None


def read_signatures(lines: str) -> tuple[Signature, ...]:
    """The signatures in some lines, each ended. Raises ValueError when one has another form."""
    found = []
    for line in lines.removesuffix("\n").split("\n"):
        name, content = line.removeprefix(DASH).split(" ")
        blob = b64decode(content, validate=True)
        if not line.startswith(DASH) or not name or len(blob) <= KEY_ID_BYTES:
            raise ValueError("not a signature line")
        found.append(Signature(name, blob[:KEY_ID_BYTES], blob[KEY_ID_BYTES:]))
    return tuple(found)


def sign(text: str, name: str, private: bytes) -> Note:
    """The note of a text, signed under a name with a log's private key."""
    key = Ed25519PrivateKey.from_private_bytes(private)
    known = VerifierKey(name, ED25519, key.public_key().public_bytes_raw())
    return Note(text, (Signature(name, known.key_id, key.sign(text.encode())),))


def _fits(key: VerifierKey, signature: bytes, said: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, said)
    except InvalidSignature:
        return False
    return True
