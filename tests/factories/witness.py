"""A witness of another body, as far as its key and what it co-signs go."""

from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from himaya.audit import checkpoints
from himaya.audit.checkpoints import Head
from himaya.audit.merkle import Tree
from himaya.audit.models import TreeHead
from himaya.audit.notes import COSIGNATURE, Note, Signature, VerifierKey
from himaya.audit.origin import origins

NOWHERE = "http://127.0.0.1:9"  # nobody listens there: the installation has only its files


@dataclass(frozen=True)
class Body:
    """A body that co-signs whatever it is shown: the honest part is checked elsewhere."""

    name: str
    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def key(self) -> VerifierKey:
        """Its public key."""
        return VerifierKey(self.name, COSIGNATURE, self.private.public_key().public_bytes_raw())

    def is_trusted_by(self, data: Path) -> None:
        """The installation writes down whose co-signatures count."""
        directory = data / "witnesses"
        directory.mkdir(exist_ok=True)
        (directory / self.name).write_text(f"{self.key.written()}\n{NOWHERE}\n")

    def co_signs(self, note: str, *, at: int = 1_800_000_000) -> str:
        """The note with its co-signature."""
        read = Note.read(note)
        said = f"cosignature/v1\ntime {at}\n{read.text}".encode()
        blob = at.to_bytes(8, "big") + self.private.sign(said)
        return read.with_signature(Signature(self.name, self.key.key_id, blob)).written()

    def has_seen(self, data: Path, note: str) -> None:
        """Its newest co-signed note, where the installation keeps it."""
        directory = data / "witnessed"
        directory.mkdir(exist_ok=True)
        (directory / self.name).write_text(self.co_signs(note))


def present_note() -> str:
    """The present head of the ledger, signed by the installation."""
    place = TreeHead.objects.get(id=1)
    root = Tree.thawed(place.size, bytes(place.frontier)).root()
    return checkpoints.sign(Head(origins()[-1].name, place.size, root))


def note_of(origin: str, size: int) -> str:
    """A head that the installation signed and has lost since."""
    return checkpoints.sign(Head(origin, size, bytes(32)))
