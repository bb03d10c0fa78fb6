"""The registrar's private key, where it is at hand. In a country it is not on this machine."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from himaya.config.env import environment
from himaya.installation.failure import Failure

NAME = "registrar"


def registrar_key(file: Path | None = None) -> Ed25519PrivateKey | None:
    """The private key in a file, or the one in `secrets/`; None when it is kept elsewhere.

    Raises Failure when it is not the one whose public half the sites trust.
    """
    path = file or environment().data / "secrets" / NAME
    if not path.exists():
        return None
    try:
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))
    except ValueError as error:
        raise Failure(f"{path} holds no private key of a registrar.") from error
    if key.public_key().public_bytes_raw() != environment().secret(f"{NAME}.pub"):
        raise Failure(f"{path} is the key of another registrar: the sites would not trust it.")
    return key
