"""Accepting a loss of the ledger: the keepers of the recovery key sign what is gone."""

import json
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction

from himaya.audit.checkpoints import Head
from himaya.audit.models import Entry, TreeHead
from himaya.audit.origin import Origin, begin_anew, origins
from himaya.kernel.access import Actor
from himaya.vault.errors import KeyNotTrusted, NotTheRecoveryKey
from himaya.vault.keys import check_recovery_key
from himaya.vault.models import RecoveryKey
from himaya.vault.recovery import key_in_force
from himaya.vault.recovery_secret import RecoverySecret


def gap_statement(after: Head, kept: int) -> bytes:
    """What the keepers sign: of what was witnessed, only the first `kept` entries are left."""
    head = f"{after.origin}\n{after.size}\n{after.root.hex()}"
    return f"himaya accepted gap v1\n{head}\n{kept}\n".encode()


@transaction.atomic
def accept_gap(*, actor: Actor, secret: RecoverySecret, after: Head, at: datetime) -> Origin:
    """Go on with the ledger under a new origin; its first entry names what was lost.

    after: the last head that witnesses saw. The signature in the entry needs as many keepers as
    the recovery key does, and every start checks it. Raises NotTheRecoveryKey, NothingLost.
    """
    key = key_in_force()
    if key is None or key.public_key != secret.public_key():
        raise NotTheRecoveryKey
    check_recovery_key(key)
    place = TreeHead.objects.filter(id=1).first()
    signature = secret.sign(gap_statement(after, place.size if place else 0))
    facts: dict[str, str | int] = {"recovery_key": key.number, "signature": signature.hex()}
    return begin_anew(after=after, actor=actor, at=at, facts=facts)


def unsigned_origins() -> list[Origin]:
    """The origins with which the ledger went on without its keepers' signature: none, if true."""
    return [origin for origin in origins() if origin.after and not _is_signed(origin, origin.after)]


def _is_signed(origin: Origin, after: Head) -> bool:
    facts = json.loads(Entry.objects.get(index=origin.first).facts)
    key = RecoveryKey.objects.filter(number=facts.get("recovery_key")).first()
    if key is None:
        return False
    try:
        check_recovery_key(key)
        signed = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.signing_key))
        signature = bytes.fromhex(str(facts.get("signature")))
        signed.verify(signature, gap_statement(after, after.size - facts["lost"]))
    except (KeyNotTrusted, InvalidSignature, ValueError):
        return False
    return True
