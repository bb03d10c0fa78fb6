"""What a device is told when it is registered, and each time that it asks: public keys only."""

from base64 import b64encode
from collections.abc import Mapping

from himaya.config.env import environment
from himaya.fieldwork.operations.devices import Registered
from himaya.fieldwork.queries import receiving_key
from himaya.vault.keys import check_desk_key

Json = Mapping[str, object]


def desk_key() -> Json:
    """The key that records are sealed to, with the registrar's signature for the device to check.

    Raises NoKey, or KeyNotTrusted when the registrar did not sign it.
    """
    key = receiving_key()
    check_desk_key(key)
    return {
        "desk": str(key.desk_id),
        "key": str(key.pk),
        "number": key.number,
        "public_key": key.public_key,
        "signature": _text(bytes(key.signature or b"")),
    }


def for_device(registered: Registered) -> Json:
    """All that the device keeps. token: shown this once. registrar: whom it believes ever after."""
    return {
        "id": str(registered.device.pk),
        "mark": registered.device.mark,
        "token": registered.token,
        "registrar": _text(environment().secret("registrar.pub")),
        "desk": desk_key(),
    }


def _text(content: bytes) -> str:
    return b64encode(content).decode()
