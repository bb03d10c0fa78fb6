"""The private half of a recovery key, in memory for as long as a command runs."""

from dataclasses import dataclass, field
from secrets import token_bytes

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from himaya.vault.age_key import age_secret_key

KEY_BYTES = 32
SIGNS_WITH = b"himaya recovery key signs v1"


@dataclass(frozen=True, slots=True)
class RecoverySecret:
    """Thirty-two bytes that only the shares of several bodies together give.

    They are the age key that opens every desk's epochs; a signing key grows out of them, so that
    the same bodies can also say yes to something.
    """

    content: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> "RecoverySecret":
        """A new one."""
        return cls(token_bytes(KEY_BYTES))

    def age_key(self) -> str:
        """The line that the age program reads as an identity."""
        return age_secret_key(self.content)

    def identity(self) -> pyrage.x25519.Identity:
        """The age identity."""
        return pyrage.x25519.Identity.from_str(self.age_key())

    def public_key(self) -> str:
        """What anybody seals to."""
        return str(self.identity().to_public())

    def _signer(self) -> Ed25519PrivateKey:
        grown = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=SIGNS_WITH)
        return Ed25519PrivateKey.from_private_bytes(grown.derive(self.content))

    def sign(self, statement: bytes) -> bytes:
        """The custodians' signature."""
        return self._signer().sign(statement)

    def signing_key(self) -> str:
        """The public half of the signing key, in hexadecimal."""
        return self._signer().public_key().public_bytes_raw().hex()
