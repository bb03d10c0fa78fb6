"""A demonstration's recovery key: made before the desks' keys, its shares beside everything else.

A country holds `himaya keys ceremony` instead, and the shares leave the machine on paper.
"""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from himaya.config.env import environment
from himaya.installation.handing_out import check_every_way, into_files
from himaya.installation.place import Place
from himaya.kernel.access import Actor
from himaya.packs.loader import current
from himaya.vault.ceremony import Custody, replace_recovery_key
from himaya.vault.recovery_secret import RecoverySecret
from himaya.vault.shares import split

BODIES, NEEDED = 3, 2


def hold(*, actor: Actor, at: datetime) -> None:
    """Make the key, two of three over the first bodies of the pack, and put it in force."""
    custody = Custody([agency.id for agency in current().agencies[:BODIES]], NEEDED)
    secret = RecoverySecret.generate()
    place = Place(environment().data)
    for left in place.recovery_shares.glob("*"):  # of a first start that was cut off
        left.unlink()
    place.recovery_shares.parent.mkdir(mode=0o700, exist_ok=True)
    shares = split(secret.content, needed=NEEDED, keepers=BODIES)
    papers = into_files(shares, custody.bodies, NEEDED, place.recovery_shares)
    check_every_way(papers, NEEDED, secret.content)
    replace_recovery_key(
        actor=actor,
        secret=secret,
        custody=custody,
        registrar=Ed25519PrivateKey.from_private_bytes(environment().secret("registrar")),
        former=None,
        at=at,
    )
